"""SQL of the indicators that stand on the registers: talks, meetings, opinions, cases, alerts, campaigns, figures of others."""

from __future__ import annotations

from tests.reports.independent_sql import Asked, Body, ask

PERSONS = "count(distinct r.official_id)"
# 党纪处分 and 政务处分; the rest of the measures are other ways of handling a person (I0-13, I1-6)
SANCTIONS = (
    "'警告', '严重警告', '撤销党内职务', '留党察看', '开除党籍',"
    " '政务警告', '政务记过', '政务记大过', '政务降级', '政务撤职', '政务开除'"
)
GROUPS = "(select id from accounts_organ where kind = 'stationed_group')"


def register(table: str, day: str, extra: str = "1 = 1", *names: str) -> Body:
    """Live records of one register by their day, and what else must hold."""
    name = f"ledgers_{table}"
    return lambda a: f"from {name} r where {a.live('r', day)} and ({extra}) and {a.bears(name, 'r', *names)}"


# talks: I0-5, I0-6, I0-8, I3-5
ask("I0-5", register("talkrecord", "talk_date", "r.kind = 'top_leader_talk' and r.one_to_one"), measure=PERSONS)
ask(
    "I0-6",
    register(
        "talkrecord",
        "talk_date",
        "r.kind = 'top_leader_talk' and r.talker_level in ('secretary', 'deputy_secretary', 'member', 'organ_head')",
    ),
    measure=PERSONS,
)
ask("I0-8", register("talkrecord", "talk_date", f"r.organ_id in {GROUPS}"), measure=PERSONS)
ask(
    "I3-5",
    register(
        "talkrecord",
        "talk_date",
        "r.kind = 'integrity_talk' and r.official_id in"
        " (select id from accounts_official where rank like '%处级%' or rank like '%县处%')",
    ),
)

# campaigns and what was made public: I0-10, I0-11
ask("I0-10", register("specialcampaign", "announced_on", "r.package <> ''"))
ask("I0-11", register("publicityrecord", "published_on", "r.medium = 'poster'"), measure="coalesce(sum(r.copies), 0)")


# persons dealt with: I0-13, I1-6
def sanctioned(extra: str, *names: str) -> Body:
    """Dispositions by a sanction."""
    return lambda a: (
        f"from ledgers_disposition r where {a.mine('r.organ_id')} and {a.inside('r.decided_on')}"
        f" and r.measure in ({SANCTIONS}) and {extra} and {a.bears('ledgers_disposition', 'r', *names)}"
    )


ask("I0-13", sanctioned("1 = 1"), measure=PERSONS)
ask("I1-6", sanctioned("r.triple_check", "扫黑除恶"), measure=PERSONS)

# figures of other bodies: they are only summed, name and unit as the catalogue has them
EXTERNAL: dict[str, tuple[str, dict[str, float]]] = {
    "I0-18": ("党员干部下基层次数", {"次": 1, "万次": 10000}),
    "I0-19": ("下基层发现问题数", {"个": 1, "万个": 10000}),
    "I0-20": ("现场解决问题数", {"个": 1, "万个": 10000}),
    "I0-21": ("结对企业数", {"个": 1, "万个": 10000}),
    "I0-22": ("协调融资额", {"亿元": 1, "万元": 0.0001, "元": 0.00000001}),
    "I0-23": ("协调用地面积", {"亩": 1, "万亩": 10000}),
    "I0-24": ("协调用工人数", {"人": 1, "万人": 10000}),
    "I3-2": ("联系服务企业次数", {"次": 1, "万次": 10000}),
    "I3-3": ("企业问题收集数", {"件": 1, "万件": 10000}),
    "I3-4": ("企业问题解决数", {"件": 1, "万件": 10000}),
}


def told(name: str) -> Body:
    """Figures under that name whose period lies in the one asked for."""
    return lambda a: (
        f"from ledgers_externalfigure r where {a.live('r')} and r.name = '{name}'"
        f" and r.period_from >= '{a.first}' and r.period_to <= '{a.last}' and {a.bears('ledgers_externalfigure', 'r')}"
    )


def summed(key: str, name: str, units: dict[str, float]) -> None:
    """The sum in the catalogue's unit; rows in another unit are of something else."""
    words = "', '".join(units)
    times = " ".join(f"when '{unit}' then r.value * {factor}" for unit, factor in units.items())
    ask(
        key,
        lambda a: f"{told(name)(a)} and r.unit_word in ('{words}')",
        measure=f"coalesce(sum(case r.unit_word {times} end), 0)",
    )


for _key, (_name, _units) in EXTERNAL.items():
    summed(_key, _name, _units)

# cases and rules: I1-1 to I1-3, I3-20 to I3-22
ask("I1-1", register("caserecord", "filed_on"))
ask("I1-2", register("caserecord", "transferred_on"), measure="coalesce(sum(r.persons_transferred), 0)")
# "topic/case link": either will do
HAS_TOPIC = "exists (select 1 from ledgers_institutionbuilt_topics x where x.institutionbuilt_id = r.id)"
ask("I1-3", register("institutionbuilt", "issued_on", f"r.case_id is not null or {HAS_TOPIC}"))
ask("I3-20", register("casedrivenrectification", "held_on"))
ask(
    "I3-21",
    lambda a: (
        "from ledgers_casedrivenrectification_problems r join ledgers_casedrivenrectification c"
        " on c.id = r.casedrivenrectification_id join supervision_problem p on p.id = r.problem_id"
        f" where p.removed_at is null and {a.live('c', 'held_on')}"
        f" and {a.bears('supervision_problem', 'p')}"  # problems are counted, so it is they that bear the topic
    ),
    measure="count(distinct r.problem_id)",
    record="r.problem_id",
)
ask("I3-22", register("institutionbuilt", "issued_on", "r.source = 'case_driven'"))

# integrity opinions: I1-8, I1-9, I3-12
ask("I1-8", register("integrityopinion", "replied_on"))
ask("I1-9", register("integrityopinion", "replied_on", "r.conclusion = 'unsuitable'"))
ask("I3-12", register("integrityopinion", "replied_on", "r.purpose = 'promotion'"))

# meetings and topics: I3-6, I3-7, I3-10, I3-11
ask("I3-6", register("meetingattendance", "meeting_date"))


def opinions(extra: str) -> Body:
    """Opinions given at meetings."""
    return lambda a: (
        "from ledgers_meetingopinion o join ledgers_meetingattendance r on r.id = o.record_id"
        f" where {extra} and {a.live('r', 'meeting_date')} and {a.bears('ledgers_meetingattendance', 'r')}"
    )


def reviewed(extra: str) -> Body:
    """Opinions on topics."""
    return lambda a: (
        "from ledgers_topicopinion o join ledgers_topicreview r on r.id = o.record_id"
        f" where {extra} and {a.live('r', 'received_on')} and {a.bears('ledgers_topicreview', 'r')}"
    )


ask("I3-7", opinions("o.matter in ('major_matters', 'risk')"), record="o.id")
ask("I3-10", register("topicreview", "received_on"))
ask("I3-11", reviewed("1 = 1"), record="o.id")

# papers, visits, alerts, study: I3-9, I3-15 to I3-19, I3-23, I3-24
ask("I3-9", register("unitsubmission", "received_on", "r.kind = 'dual_duty_statement'"), measure=PERSONS)
ask("I3-15", register("unannouncedvisit", "visit_date"))
ask("I3-16", register("dataalert", "checked_on", "r.kind = 'subsistence_allowance' and r.handled"))
ask("I3-17", register("dataalert", "checked_on", "r.kind = 'procurement'"))
ask("I3-18", register("dataalert", "checked_on", "r.kind = 'official_vehicle'"))
ask("I3-23", register("studyrecord", "held_on", "r.kind = 'lecture_series'"))
ask("I3-24", register("studyrecord", "held_on"))


def middle_cadres(a: Asked) -> str:
    """I3-19: the union of persons of middle level whom an integrity talk or a warning education reached.

    名 are distinct persons: heads that were only counted, not named, cannot be told from those talked with. A topic is that of
    the talk or of the education.
    """
    talked = (
        f"select r.official_id from ledgers_talkrecord r where {a.live('r', 'talk_date')} and r.kind = 'integrity_talk'"
        f" and {a.bears('ledgers_talkrecord', 'r')}"
    )
    taught = (
        "select w.official_id from ledgers_warningeducation_officials w join ledgers_warningeducation r"
        f" on r.id = w.warningeducation_id where {a.live('r', 'held_on')} and {a.bears('ledgers_warningeducation', 'r')}"
    )
    return f"from accounts_official r where r.post_level = 'middle' and r.id in ({talked} union {taught})"


ask("I3-19", middle_cadres)
