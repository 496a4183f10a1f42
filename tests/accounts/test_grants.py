"""Who may what on which organ: the whole matrix, compared at once, and how it ends."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts.grants import grant_organ, sync_all, sync_user
from accounts.models import Deputation, OversightAssignment, User
from accounts.permissions import Permission, granted, has, visible_organ_ids
from accounts.roles import OrganKind, Role, Rung
from tests.factories import TODAY, County, county, make_organ, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def fresh(user: User) -> User:
    return User.objects.select_related("organ").get(pk=user.pk)


def test_each_person_sees_exactly_his_organs(cast: County) -> None:
    every = {organ.pk for organ in cast.organs}
    expected = {
        "nongye": {cast.agri.pk},
        "nongye_head": {cast.agri.pk},
        "liuhe": {cast.town.pk},
        "dangfeng": every,
        "dangfeng_head": every,
        "xieguan1": {cast.cso.pk, cast.agri.pk},
        "xieguan2": {cast.edu.pk, cast.town.pk},
        "fenguan": {cast.cso.pk, cast.agri.pk, cast.edu.pk, cast.town.pk},
        "shuji": every,
        "changweihui": set(),
        "wenshu": set(),
        "anguan": {cast.cases.pk},
        "sysadmin": set(),
        "secadmin": set(),
        "auditor": set(),
    }

    assert {name: set(visible_organ_ids(fresh(cast.people[name]))) for name in expected} == expected


def test_a_clerk_drafts_and_only_the_head_signs(cast: County) -> None:
    clerk, head = fresh(cast.nongye), fresh(cast.nongye_head)

    assert has(clerk, Permission.DRAFT, cast.agri.pk) and not has(clerk, Permission.HEAD, cast.agri.pk)
    assert has(head, Permission.HEAD, cast.agri.pk) and not has(head, Permission.HEAD, cast.edu.pk)


def test_grants_go_to_groups_and_never_to_persons(cast: County) -> None:
    assert GroupObjectPermission.objects.exists()
    assert not UserObjectPermission.objects.exists()


def test_only_allow_listed_codenames_on_organs_are_granted(cast: County) -> None:
    codes = set(GroupObjectPermission.objects.values_list("permission__codename", flat=True))
    models = set(GroupObjectPermission.objects.values_list("content_type__model", flat=True))

    assert codes <= {code.value for code in Permission}
    assert models == {"organ"}


def test_granting_again_changes_nothing_and_removes_strays(cast: County) -> None:
    before = set(GroupObjectPermission.objects.values_list("group__name", "permission__codename", "object_pk"))
    own = GroupObjectPermission.objects.get(
        group__name=f"organ:{cast.agri.pk}:clerk", permission__codename="draft_records", object_pk=str(cast.agri.pk)
    )
    GroupObjectPermission.objects.create(
        group=own.group, permission=own.permission, content_type=own.content_type, object_pk=str(cast.edu.pk)
    )

    for organ in cast.organs:
        grant_organ(organ)

    assert set(GroupObjectPermission.objects.values_list("group__name", "permission__codename", "object_pk")) == before


def test_a_disabled_person_holds_nothing(cast: County) -> None:
    user = fresh(cast.nongye)
    user.is_active = False
    user.save()

    sync_user(user, on=TODAY)

    assert granted(user) == {} and not user.groups.exists()


def test_an_ended_assignment_ends_the_sight(cast: County) -> None:
    row = OversightAssignment.objects.get(organ=cast.agri, rung=Rung.ASSISTING_MEMBER)
    row.valid_to = date(2026, 6, 30)
    row.save()

    sync_all(on=date(2026, 6, 30))
    assert has(fresh(cast.xieguan1), Permission.ENDORSE, cast.agri.pk)

    sync_all(on=date(2026, 7, 1))
    assert not has(fresh(cast.xieguan1), Permission.READ, cast.agri.pk)


def test_a_deputy_sees_what_his_principal_sees_for_the_dated_days(cast: County) -> None:
    Deputation.objects.create(
        principal=cast.xieguan1,
        deputy=cast.xieguan2,
        valid_from=date(2026, 3, 1),
        valid_to=date(2026, 3, 5),
        reason="出差",
    )

    sync_all(on=date(2026, 3, 5))
    assert has(fresh(cast.xieguan2), Permission.ENDORSE, cast.agri.pk)

    sync_all(on=date(2026, 3, 6))
    assert not has(fresh(cast.xieguan2), Permission.ENDORSE, cast.agri.pk)


def test_another_county_stays_out_of_sight(cast: County) -> None:
    abroad = county("外县")

    assert not visible_organ_ids(fresh(cast.dangfeng)) & {organ.pk for organ in abroad.organs}


def test_nobody_can_be_a_superuser(cast: County) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(cast.agri, Role.CLERK, "root", is_superuser=True)


def test_a_subtree_is_one_prefix() -> None:
    city = make_organ("市纪委监委", OrganKind.COMMISSION)
    below = make_organ("某县纪委监委", OrganKind.COMMISSION, city)
    group = make_organ("驻某局纪检监察组", OrganKind.STATIONED_GROUP, below)

    assert {organ.name for organ in type(city).objects.within(city)} == {city.name, below.name, group.name}
    assert group.county() == below
