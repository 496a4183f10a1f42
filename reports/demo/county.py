"""The demo county 示范县: fictional organs, units and persons, and a year's list that the office's workbooks fit."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.grants import grant_all, sync_user
from accounts.models import Official, Organ, OversightAssignment, SupervisedUnit, User
from accounts.roles import REPORTING_KINDS, OrganKind, Role, Rung

START = date(2026, 1, 1)

# name, units, items of 2026 on the approved list
GROUPS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "驻县农业农村局纪检监察组",
        "nongye",
        ("县农业农村局", "县畜牧服务中心", "县农机服务中心"),
        ("高标准农田建设管护情况专项监督", "惠农补贴“一卡通”发放情况监督", "农村集体“三资”管理监督检查"),
    ),
    (
        "驻县教育局纪检监察组",
        "jiaoyu",
        ("县教育局", "县第一中学", "县职业教育中心"),
        ("义务教育学校营养餐采购管理监督", "校外培训机构治理责任落实监督", "教育系统党费收缴专项清理"),
    ),
    (
        "驻县卫生健康委纪检监察组",
        "weijian",
        ("县卫生健康委", "县人民医院", "县疾病预防控制中心"),
        ("医保基金使用突出问题监督", "乡镇卫生院药品采购监督", "项目建设招投标监督"),
    ),
    ("驻县发展和改革委纪检监察组", "", ("县发展和改革委", "县粮食和物资储备中心"), ("粮食储备安全监督",)),
    ("驻县财政局纪检监察组", "", ("县财政局", "县国有资产服务中心"), ("惠企资金拨付监督", "政府采购监督")),
    ("驻县自然资源局纪检监察组", "", ("县自然资源局", "县不动产登记中心"), ("耕地占补平衡监督",)),
    ("驻县住房和城乡建设局纪检监察组", "", ("县住房和城乡建设局", "县城市管理局"), ("老旧小区改造监督",)),
    ("驻县交通运输局纪检监察组", "", ("县交通运输局", "县公路事业发展中心"), ("农村公路建设管护监督",)),
    ("驻县水利局纪检监察组", "", ("县水利局", "县黄河河务服务中心"), ("黄河流域生态保护监督",)),
    ("驻县民政局纪检监察组", "", ("县民政局", "县退役军人事务局"), ("低保资金发放监督",)),
    ("驻县公安局纪检监察组", "", ("县公安局", "县司法局"), ()),
    ("驻县市场监督管理局纪检监察组", "", ("县市场监督管理局", "县商务局"), ("优化营商环境监督",)),
)
TOWNS = (
    "柳河镇", "清河头镇", "梁庄镇", "文留镇", "白罡乡", "郎中乡", "胡状镇", "子岸镇", "鲁河镇", "徐镇镇",
    "渠村乡", "习城乡", "海通乡", "王称堌镇", "八公桥镇", "五星乡", "庆祖镇", "城关街道", "龙山街道", "东城街道",
)  # fmt: skip
LIUHE_UNITS = ("柳河镇人民政府", "柳河镇财政所", "柳河镇自然资源所")
LIUHE_ITEMS = ("耕地保护和违建排查整改监督", "乡村振兴项目资金使用监督")
OFFICES = (
    ("党风政风监督室", OrganKind.CONDUCT_SUPERVISION_OFFICE),
    ("县纪委办公室", OrganKind.GENERAL_OFFICE),
    ("案件监督管理室", OrganKind.INTERNAL_OFFICE),
    ("信访室", OrganKind.INTERNAL_OFFICE),
    ("案件审理室", OrganKind.INTERNAL_OFFICE),
    ("县委巡察办", OrganKind.INSPECTION_OFFICE),
)
COMMISSION = "示范县纪委监委"
# username, name, organ, role, post
PEOPLE = (
    ("dangfeng", "周明", "党风政风监督室", Role.CLERK, "科员"),
    ("dangfeng_head", "郑岩", "党风政风监督室", Role.ORGAN_HEAD, "主任"),
    ("nongye", "李青", "驻县农业农村局纪检监察组", Role.CLERK, "纪检监察员"),
    ("nongye_head", "王建国", "驻县农业农村局纪检监察组", Role.ORGAN_HEAD, "组长"),
    ("jiaoyu", "赵敏", "驻县教育局纪检监察组", Role.CLERK, "纪检监察员"),
    ("jiaoyu_head", "孙立", "驻县教育局纪检监察组", Role.ORGAN_HEAD, "组长"),
    ("weijian", "吴康", "驻县卫生健康委纪检监察组", Role.CLERK, "纪检监察员"),
    ("weijian_head", "沈医", "驻县卫生健康委纪检监察组", Role.ORGAN_HEAD, "组长"),
    ("liuhe", "陈田", "柳河镇纪委", Role.CLERK, "干事"),
    ("liuhe_head", "刘河", "柳河镇纪委", Role.ORGAN_HEAD, "书记"),
    ("anguan", "何案", "案件监督管理室", Role.CLERK, "科员"),
    ("xuncha", "徐巡", "县委巡察办", Role.CLERK, "科员"),
    ("xieguan1", "钱程", COMMISSION, Role.ASSISTING_MEMBER, "县纪委常委"),
    ("xieguan2", "冯远", COMMISSION, Role.ASSISTING_MEMBER, "县监委委员"),
    ("fenguan", "高峰", COMMISSION, Role.DEPUTY_SECRETARY, "县纪委副书记"),
    ("shuji", "马正", COMMISSION, Role.SECRETARY, "县纪委书记、县监委主任"),
    ("changweihui", "林书", "县纪委办公室", Role.SC_SECRETARY, "常委会秘书"),
    ("wenshu", "文静", "县纪委办公室", Role.DOCUMENT_CLERK, "文书"),
    ("sysadmin", "系统管理员", "县纪委办公室", Role.SYSTEM_ADMIN, ""),
    ("secadmin", "安全管理员", "县纪委办公室", Role.SECURITY_ADMIN, ""),
    ("auditor", "审计管理员", "县纪委办公室", Role.AUDIT_ADMIN, ""),
)
LEADERS = ("xieguan1", "xieguan2")


def person(username: str) -> User:
    """A member of the cast, fresh, so that his rights are asked anew."""
    return User.objects.select_related("organ").get(username=username)


def build_county(password: str, *, on: date) -> None:
    """Organs, units, officials, persons, assignments and rights of the demo county."""
    root = Organ.objects.create(name=COMMISSION, kind=OrganKind.COMMISSION, sort_order=0)
    _organs(root)
    _people(password)
    _assignments()
    grant_all()
    for user in User.objects.select_related("organ"):
        sync_user(user, on=on)


def _organs(root: Organ) -> None:
    for order, (name, kind) in enumerate(OFFICES, 1):
        Organ.objects.create(name=name, kind=kind, parent=root, sort_order=order)
    for order, (name, _prefix, units, _items) in enumerate(GROUPS, 20):
        _organ(root, name, OrganKind.STATIONED_GROUP, order, units)
    for order, town in enumerate(TOWNS, 50):
        suffix = "纪工委" if town.endswith("街道") else "纪委"
        units = LIUHE_UNITS if town == "柳河镇" else (f"{town}人民政府" if suffix == "纪委" else f"{town}办事处",)
        _organ(root, f"{town}{suffix}", OrganKind.TOWNSHIP_COMMITTEE, order, units)
    _organ(root, "县先进制造业开发区纪工委", OrganKind.DEV_ZONE_COMMITTEE, 80, ("县先进制造业开发区管委会",))


def _organ(root: Organ, name: str, kind: str, order: int, units: tuple[str, ...]) -> None:
    short = name.removesuffix("纪检监察组") + "组" if kind == OrganKind.STATIONED_GROUP else name
    organ = Organ.objects.create(
        name=name, short_name=short, kind=kind, parent=root, sort_order=order, must_report=kind in REPORTING_KINDS,
        active_from=START, collaboration_zone=f"第{order % 4 + 1}协作区",
    )  # fmt: skip
    for seq, unit_name in enumerate(units):
        unit = SupervisedUnit.objects.create(name=unit_name, organ=organ, party_organ=f"{unit_name}党组")
        _officials(unit, order * 10 + seq)


SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = [
    "志强",
    "建华",
    "晓燕",
    "国栋",
    "秀英",
    "海涛",
    "文博",
    "立新",
    "素梅",
    "永平",
    "春生",
    "喆",
    "昇",
    "雅琴",
    "保国",
]


def _officials(unit: SupervisedUnit, seed: int) -> None:
    posts = (("主要负责人", True, True), ("副职", False, True), ("办公室主任", False, False))
    for offset, (post, top, team) in enumerate(posts):
        name = SURNAMES[(seed + offset * 7) % len(SURNAMES)] + GIVEN[(seed * 3 + offset) % len(GIVEN)]
        Official.objects.create(unit=unit, full_name=name, post=post, is_top_leader=top, is_team_member=team)


def _people(password: str) -> None:
    organs = {organ.name: organ for organ in Organ.objects.all()}
    hashed = _hash(password)
    for username, name, organ, role, post in PEOPLE:
        User.objects.create(
            username=username, full_name=name, organ=organs[organ], role=role, post=post, password=hashed
        )
    silent = [found for found in organs.values() if found.must_report and not found.members.exists()]
    for group in silent:  # 组长 of the other groups: on the routes, without an account to log in
        User.objects.create(username=f"head{group.pk}", full_name=f"{group.label}负责人", organ=group, post="负责人",
                            role=Role.ORGAN_HEAD, password="!")  # fmt: skip


def _hash(password: str) -> str:
    person = User(username="hash")
    person.set_password(password)
    return person.password


def _assignments() -> None:
    deputy = User.objects.get(username="fenguan")
    leaders = [User.objects.get(username=name) for name in LEADERS]
    for index, organ in enumerate(Organ.objects.exclude(kind=OrganKind.COMMISSION).order_by("sort_order")):
        _assign(organ, Rung.ASSISTING_MEMBER, leaders[0 if organ.is_cso else index % 2])
        _assign(organ, Rung.DEPUTY_SECRETARY, deputy)


def _assign(organ: Organ, rung: Any, leader: User) -> None:
    OversightAssignment.objects.create(organ=organ, rung=rung, leader=leader, valid_from=START)
