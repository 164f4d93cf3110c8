"""The tables of the data outputs, parents before children: docs/data.md is made from this."""

from __future__ import annotations

from extractor.model.tables import Column, Kind, Table


def _key(name: str, zh: str, en: str, kind: Kind = Kind.INTEGER) -> Column:
    return Column(name, kind, zh, en, is_nullable=False)


def _of(table: str, zh: str, en: str, is_nullable: bool = False) -> Column:
    """A foreign key: the column bears the name of the key it refers to."""
    kind, name = (Kind.TEXT, "check_name") if table == "checks" else (Kind.INTEGER, f"{table.removesuffix('s')}_id")
    return Column(name, kind, zh, en, table, is_nullable)


def _text(name: str, zh: str, en: str) -> Column:
    return Column(name, Kind.TEXT, zh, en)


def _number(name: str, zh: str, en: str) -> Column:
    return Column(name, Kind.NUMBER, zh, en)


def _integer(name: str, zh: str, en: str) -> Column:
    return Column(name, Kind.INTEGER, zh, en)


def _flag(name: str, zh: str, en: str) -> Column:
    return Column(name, Kind.BOOLEAN, zh, en, is_nullable=False)


_DOCUMENT = _of("documents", "所在文件", "the document it stands in")
_PROJECT = _of("projects", "所属项目", "the project it belongs to")
_PERHAPS_PROJECT = _of("projects", "所涉项目；不属于某一项目的为空", "the project, null where it belongs to none", is_nullable=True)
_CHECK = _of("checks", "检查代号", "the check")
_VALUE = _number("value", "数值；金额以元计，百分比 80% 记作 80", "the value; amounts in yuan, 80% is 80")
_WRITTEN = _text("written", "报告原样写法", "as the report writes it")
_PAGE = _integer("page", "页码，自 1 起", "page, from 1")

CHECKS = Table(
    "checks",
    "全部检查",
    "all checks",
    (
        _key("check_name", "代号", "name", Kind.TEXT),
        _text("family", "类别", "family"),
        _text("title", "名称", "title"),
        _text("severity", "最重的程度：error、warning、info", "severity at most: error, warning, info"),
        _text("norm", "依据", "the norm it rests on"),
        _text("documentation", "说明", "explanation"),
    ),
)
DOCUMENTS = Table(
    "documents",
    "每份文件一行，未能读取的也在内",
    "one row a file, those that could not be read too",
    (
        _key("document_id", "序号，按输入次序", "number in the order of the input"),
        _text("path", "文件", "path"),
        _text("sha256", "内容的 SHA-256", "SHA-256 of the content"),
        _text("media_type", "类型", "media type"),
        _integer("pages", "页数", "number of pages"),
        _text("status", "ok 读出、partial 部分读出、failed 未能读取", "ok, partial, failed"),
        _text("error_code", "未能读取的原因代号", "code of the reason for a failure"),
        _text("error_message", "未能读取的原因", "reason for a failure"),
        _text("kind", "种类", "kind of document"),
        _text("title", "标题", "title"),
        _text("unit", "单位", "the unit that filed it"),
        _text("year", "年度", "year under evaluation"),
    ),
)
NOTES = Table(
    "notes",
    "读取时的说明，如未读的页",
    "notes on the reading, such as pages that were not read",
    (_key("note_id", "序号", "number"), _DOCUMENT, _text("code", "代号", "code"), _PAGE, _text("message", "说明", "message")),
)
PROJECTS = Table(
    "projects",
    "每个项目一行",
    "one row a project",
    (
        _key("project_id", "序号", "number"),
        _DOCUMENT,
        _text("name", "名称", "name"),
        _text("code", "编码", "code"),
        _PAGE,
        _flag("is_total", "是否几个项目的合计", "is it a total of several projects"),
        _number("budget_initial", "年初预算数，元", "initial budget, yuan"),
        _number("budget", "全年（调整后）预算数，元", "budget, yuan"),
        _number("arrived", "到位数，元", "arrived, yuan"),
        _number("executed", "执行数，元", "executed, yuan"),
        _number("balance", "结余，元", "balance, yuan"),
        _number("self_score", "自评总分", "total of the self-evaluation"),
        _text("grade", "等级", "grade"),
        _number("execution_weight", "预算执行的分值", "points for execution"),
        _number("execution_score", "预算执行的得分", "points given for execution"),
    ),
)
AMOUNTS = Table(
    "amounts",
    "项目的金额，合计与各资金来源",
    "amounts of a project: the whole and each source of the fund",
    (
        _key("amount_id", "序号", "number"),
        _PROJECT,
        _text("source", "资金来源或用途；空为合计", "source or use of the fund, null for the whole"),
        _text("measure", "budget_initial、budget、arrived、executed、balance", "budget_initial, budget, arrived, executed, balance"),
        _VALUE,
        _WRITTEN,
    ),
)
RATES = Table(
    "rates",
    "报告所述的资金比率",
    "rates of funds as stated",
    (
        _key("rate_id", "序号", "number"),
        _PROJECT,
        _text("label", "报告中的叫法", "what the report calls it"),
        _text(
            "of",
            "分子/分母，如 executed/budget；source 为某一来源的",
            "numerator/denominator, as executed/budget; source: of one source",
        ),
        _VALUE,
        _WRITTEN,
        _flag("interim", "是否年度中某日的进度", "is it as of some day within the year"),
    ),
)
SCORES = Table(
    "scores",
    "项目的总分、等级与预算执行的分值、得分",
    "total, grade and points for execution of a project",
    (
        _key("score_id", "序号", "number"),
        _PROJECT,
        _text("measure", "self_score、grade、execution_weight、execution_score", "self_score, grade, execution_weight, execution_score"),
        _number("value", "分数；等级为空", "points; null for a grade"),
        _WRITTEN,
    ),
)
INDICATORS = Table(
    "indicators",
    "绩效指标，一项一行",
    "one row a performance indicator",
    (
        _key("indicator_id", "序号", "number"),
        _PROJECT,
        _text("level1", "一级指标", "first level"),
        _text("level2", "二级指标", "second level"),
        _text("name", "名称", "name"),
        _text("target", "年度指标值，原样", "target, as written"),
        _text("actual", "实际完成值，原样", "actual, as written"),
        _number("weight", "分值", "weight"),
        _number("score", "得分", "score"),
        _text("reason", "偏差原因", "reason for a deviation"),
    ),
)
DOCUMENT_NUMBERS = Table(
    "document_numbers",
    "引用的文号",
    "document numbers cited",
    (
        _key("document_number_id", "序号", "number"),
        _DOCUMENT,
        _WRITTEN,
        _text("issuer", "发文机关代字", "issuer"),
        _text("year", "年份", "year"),
        _text("serial", "序号", "serial number"),
        _text("title", "文件名称", "title"),
        _text("problem", "格式问题", "what is malformed"),
    ),
)
CLAIMS = Table(
    "claims",
    "逐一复算的说法，一致的也在内",
    "statements that were re-derived, those that hold too",
    (
        _key("claim_id", "序号", "number"),
        _DOCUMENT,
        _PERHAPS_PROJECT,
        _CHECK,
        _text("id", "编号，同 JSON", "id, as in the JSON"),
        _text("relation", "关系：ratio、sum、same、band、product、bound", "ratio, sum, same, band, product, bound"),
        _text("project", "项目名称", "name of the project"),
        _text("verdict", "consistent 一致、inconsistent 不一致、not_checkable 无法核验", "consistent, inconsistent, not_checkable"),
        _text("stated", "报告所述", "what the report states"),
        _text("expected", "复算", "what comes out"),
        _text("formula", "算式", "formula"),
        _text("reason", "无法核验的原因代号", "code of the reason why it is not checkable"),
        _text("allowance", "容许的取整", "the rounding that let it pass"),
    ),
)
FINDINGS = Table(
    "findings",
    "疑点，一条一行；判为误报的也在内",
    "one row a finding, those called false alarms too",
    (
        _key("finding_id", "序号", "number"),
        _DOCUMENT,
        _PERHAPS_PROJECT,
        _CHECK,
        _text("id", "编号，同 JSON", "id, as in the JSON"),
        _text("series", "同一单位各年同一疑点的编号", "id of the same point over the years"),
        _text("title", "检查名称", "title of the check"),
        _text("severity", "error、warning、info", "error, warning, info"),
        _text("project", "项目名称", "name of the project"),
        _text("message", "说明", "message"),
        _text("stated", "报告所述", "what the report states"),
        _text("expected", "复算", "what comes out"),
        _text("formula", "算式", "formula"),
        _text("doubts", "存疑，逗号分隔", "why the reading is unsure, separated by commas"),
        Column("highlight_boxes", Kind.BOXES, "所疑数字的位置，磅，原点在左上", "where the figures in question stand, in points"),
        _flag("is_suppressed", "是否判为误报，不计入疑点数", "called a false alarm, and not counted"),
        *(
            _text(f"{name}_{part}", f"{zh}：{what_zh}", f"{en}: {what_en}")
            for name, zh, en in (
                ("decision", "复核意见", "decision"),
                ("proposal", "上年意见，待确认", "decision of another year"),
            )
            for part, what_zh, what_en in (
                ("verdict", "confirmed、false_alarm、open", "confirmed, false_alarm, open"),
                ("reviewer", "复核人", "reviewer"),
                ("date", "日期", "date"),
                ("reason", "理由", "reason"),
                ("year", "出自哪一年度的报告", "year of the report it comes from"),
            )
        ),
    ),
)
FINDING_CLAIMS = Table(
    "finding_claims",
    "疑点所依据的复算",
    "the claims that a finding rests on",
    (_of("findings", "疑点", "the finding"), _of("claims", "复算", "the claim")),
    has_key=False,
)
OPERANDS = Table(
    "operands",
    "算式中的数；claim_id 与 finding_id 恰有一个",
    "the figures of a formula; exactly one of claim_id and finding_id is set",
    (
        _key("operand_id", "序号", "number"),
        _of("claims", "所属复算", "the claim", is_nullable=True),
        _of("findings", "所属疑点", "the finding", is_nullable=True),
        _integer("place", "次序，自 0 起", "place, from 0"),
        _text("role", "角色：executed、budget、part 等", "role: executed, budget, part …"),
        _number("value", "数值；不是数或小数过长的为空", "the value; null where it is no number or has too many decimals"),
        _text("value_text", "数值原文", "the value as text, exact"),
        _text("unit", "单位：元、% 等", "unit"),
    ),
)
_OWNERS = (
    ("amounts", "金额", "amount"), ("rates", "比率", "rate"), ("scores", "分数", "score"), ("indicators", "指标", "indicator"),
    ("document_numbers", "文号", "document number"), ("claims", "复算", "claim"), ("findings", "疑点", "finding"),
    ("operands", "算式中的数", "operand"),
)  # fmt: skip
EVIDENCE = Table(
    "evidence",
    "出处：各编号列恰有一个不空",
    "where it was read from; exactly one of the foreign keys is set",
    (
        _key("evidence_id", "序号", "number"),
        *(_of(table, f"属于此{zh}", f"of this {en}", is_nullable=True) for table, zh, en in _OWNERS),
        _integer("place", "次序，自 0 起", "place, from 0"),
        _PAGE,
        _text("locator", "无页码格式中的位置，或表格的行列", "place in formats without pages, or row and column"),
        _text("quote", "原文", "the words"),
        _flag("ocr", "是否文字识别所得", "read by OCR"),
        Column("boxes", Kind.BOXES, "每行一框，磅，原点在左上", "one box a line, points from the top left"),
    ),
)

TABLES = (
    CHECKS, DOCUMENTS, NOTES, PROJECTS, AMOUNTS, RATES, SCORES, INDICATORS, DOCUMENT_NUMBERS, CLAIMS, FINDINGS, FINDING_CLAIMS,
    OPERANDS, EVIDENCE,
)  # fmt: skip
