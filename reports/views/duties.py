"""制度对表 as a paper."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.http import reads
from accounts.views.matrix import shown_period
from reports.builders import duties
from reports.views.papers import send_pdf


@reads
def duty_matrix(request: HttpRequest) -> HttpResponse:
    """One period, over the organs that the user reads."""
    period = shown_period(request)
    return send_pdf(request, duties.paper(request.user, period, on=timezone.localdate()), f"制度对表 {period.label}")
