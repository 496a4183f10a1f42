"""Closed vocabularies of the registers, in the office's words."""

from django.db.models import TextChoices


class TalkKind(TextChoices):
    """What a talk is for."""

    TOP_LEADER = "top_leader_talk", "同下级“一把手”谈话"
    HEART_TO_HEART = "heart_to_heart", "谈心谈话"
    INTEGRITY = "integrity_talk", "廉政谈话"
    REMINDER = "reminder_talk", "提醒谈话"
    NEW_POST = "new_post_talk", "新任职谈话"
    LONG_TENURE = "long_tenure_talk", "长期同岗谈话"
    ADMONITION = "admonition", "诫勉谈话"


class TalkerLevel(TextChoices):
    """Who talks: the level by which talks are counted."""

    SECRETARY = "secretary", "县纪委书记"
    DEPUTY = "deputy_secretary", "县纪委副书记"
    MEMBER = "member", "县纪委常委、监委委员"
    ORGAN_HEAD = "organ_head", "组长、（工）委书记、室主任"
    STAFF = "staff", "其他人员"


class MeetingKind(TextChoices):
    """Meetings of a unit that the office attends."""

    PARTY_COMMITTEE = "party_committee", "党委（党组）会"
    EXECUTIVE = "executive", "行政办公会"
    DEMOCRATIC_LIFE = "democratic_life", "民主生活会"
    PARTY_GOVERNANCE = "party_governance_special", "全面从严治党专题会"


class Matter(TextChoices):
    """What an opinion is about."""

    MAJOR = "major_matters", "三重一大"
    RISK = "risk", "廉政风险"
    OTHER = "other", "其他"


class Adopted(TextChoices):
    """What became of an opinion; open until the unit has answered."""

    YES = "yes", "采纳"
    NO = "no", "未采纳"


class Assent(TextChoices):
    """Whether the attending person saw it done."""

    YES = "yes", "落实"
    NO = "no", "未落实"
    NOT_DUE = "not_applicable", "不涉及"


class ReviewBody(TextChoices):
    """Before which meeting a topic is checked."""

    STANDING_COMMITTEE = "standing_committee", "县委常委会"
    GOVERNMENT = "government_meeting", "县政府常务会"
    INVESTMENT = "investment_meeting", "招商联席会"


class OpinionPurpose(TextChoices):
    """For what an integrity opinion may be asked; closed, so that the practice does not spread to everything."""

    PROMOTION = "promotion", "提拔任用"
    LATERAL = "transfer", "平职交流"
    AWARD = "award", "评先评优、表彰奖励"
    DELEGATE = "delegate", "“两代表一委员”人选"
    OTHER_RULED = "by_rule", "规定须征求意见的其他事项"


class OpinionConclusion(TextChoices):
    """What people concluded; never derived."""

    NONE = "none", "无影响使用的情形"
    UNSUITABLE = "unsuitable", "提出不适宜建议"
    EXPLAIN = "explain", "有情况需要说明"


class FileEntryKind(TextChoices):
    """What an integrity file indexes."""

    TALK = "talk_inquiry", "谈话函询"
    HANDLING = "organisational", "组织处理"
    SANCTION = "sanction", "党纪政务处分"
    OPINION = "integrity_opinion", "党风廉政意见"
    OTHER = "other", "其他"


class AlertKind(TextChoices):
    """Where a data alert comes from."""

    SUBSISTENCE = "subsistence_allowance", "低保救助"
    PROCUREMENT = "procurement", "政府采购"
    VEHICLE = "official_vehicle", "公务用车"
    SPENDING = "official_spending", "公务消费"
    POWER = "power_matter", "涉权事项"
    PLATFORM = "report_platform", "检举举报平台"


class DualCheck(TextChoices):
    """“一案双查”: which duty was found wanting."""

    NOT_FOUND = "none", "已查，未发现失责"
    PARTY = "party", "主体责任"
    SUPERVISION = "supervision", "监督责任"
    BOTH = "both", "主体责任和监督责任"


class InstitutionSource(TextChoices):
    """What made a unit improve its rules."""

    CASE = "case_driven", "以案促改"
    PROBLEM = "problem", "监督发现问题"
    RECOMMENDATION = "recommendation", "纪检监察建议"
    DAILY = "daily", "日常监督推动"


class StudyKind(TextChoices):
    """Kinds of study and training; no person's marks are kept."""

    LECTURE = "lecture_series", "系列讲座"
    BUSINESS = "business_training", "业务培训"
    SYSTEM = "system_training", "系统操作培训"
    SELF_STUDY = "self_study", "自学"
    TEST = "test", "应知应会测试"
    ALL_STAFF = "all_staff", "全员培训"


class PriorReportKind(TextChoices):
    """“四项报备”."""

    ADVANCE = "advance", "提前报备"
    IMMEDIATE = "immediate", "即时报备"
    REGULAR = "regular", "定期报备"
    SPECIAL = "special", "专项报备"


class SubmissionKind(TextChoices):
    """What units hand in."""

    LISTS = "lists", "正面、负面清单"
    TASKS = "task_breakdown", "主体责任任务分解表"
    MAIN_DUTY = "main_duty_report", "主体责任情况报告"
    LEADER = "leader_report", "述责述廉报告"
    DUAL_DUTY = "dual_duty_statement", "“一岗双责”书面材料"
    DUTY_RECORD = "duty_record", "主体责任全程纪实"
    PERSONAL_MATTERS = "personal_matters", "个人有关事项报告抽查情况"
    OTHER = "other", "其他材料"


class DutyKind(TextChoices):
    """“两个责任”."""

    MAIN = "main", "主体责任"
    SUPERVISION = "supervision", "监督责任"


class ListState(TextChoices):
    """How a responsibility list stands."""

    DRAFT = "draft", "拟订中"
    IN_FORCE = "in_force", "已印发"
    DONE = "done", "已对账销账"


class RiskLevel(TextChoices):
    """Level of a risk point, as the unit itself rates it."""

    HIGH = "high", "高"
    MIDDLE = "middle", "中"
    LOW = "low", "低"


class Medium(TextChoices):
    """Where something was made public."""

    POSTER = "poster", "海报"
    NEWSPAPER = "newspaper", "报刊"
    BROADCAST = "broadcast", "广播电视"
    WEBSITE = "website", "网站、公众号"
    BOARD = "board", "公示栏"
    OTHER = "other", "其他"


class CampaignState(TextChoices):
    """A campaign is under way only with one leader, one department and one task force."""

    PREPARED = "prepared", "筹备中"
    ACTIVE = "active", "整治中"
    ENDED = "ended", "已结束"
