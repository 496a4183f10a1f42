"""One search over projects, problems, rounds, documents and units, within what the user may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.http import reads
from supervision.forms.problems import SearchFilter
from supervision.selectors import search


@reads
def search_page(request: HttpRequest) -> HttpResponse:
    """At least two characters; at most 50 of each kind."""
    words = request.GET.get("q", "").strip()[:60]
    filters = SearchFilter(request.GET)
    found = search(request.user, words, **filters.chosen()) if len(words) >= 2 else None
    count = sum(len(rows) for rows in found.values()) if found else 0
    return render(
        request, "supervision/search.html", {"words": words, "found": found, "count": count, "filters": filters}
    )
