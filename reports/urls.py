"""Papers to take away."""

from django.urls import path, register_converter

from reports import views


class PaperForm:
    """The ending of a paper's address."""

    regex = "pdf|xlsx"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        if value not in ("pdf", "xlsx"):
            raise ValueError(value)
        return value


register_converter(PaperForm, "paper")

app_name = "reports"
urlpatterns = [
    path("reports/", views.home, name="home"),
    path("reports/checklists/<int:pk>.<paper:form>", views.checklist, name="checklist"),
    path("reports/points/<int:year>.pdf", views.points, name="points"),
    path("reports/approvals/<int:pk>.pdf", views.approval_sheet, name="approval_sheet"),
    path("reports/ledgers/<int:pk>/<int:year>.<paper:form>", views.unit_ledger, name="unit_ledger"),
    path("reports/master/<int:year>.<paper:form>", views.master_ledger, name="master_ledger"),
    path("reports/instructions.xlsx", views.instructions, name="instructions"),
]
