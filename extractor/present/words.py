"""The fixed words of every output, as (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, tuple[str, str]]

SEVERITIES: Texts = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "note"),
    "failed": ("未能读取", "unreadable"),
    "partial": ("部分读取", "partly read"),
}

VERDICTS: Texts = {
    "consistent": ("一致", "consistent"),
    "inconsistent": ("不一致", "inconsistent"),
    "not_checkable": ("无法核验", "not checkable"),
}

RELATIONS: Texts = {
    "ratio": ("比率", "ratio"),
    "sum": ("合计", "sum"),
    "same": ("前后", "same"),
    "band": ("等级", "grade"),
    "product": ("得分", "score"),
    "bound": ("范围", "bound"),
}

NOTES: Texts = {
    "odd_fonts": ("字体或结构不规范", "odd fonts or structure; the reader gave warnings"),
    "extension_mismatch": ("扩展名与内容不符，按内容读取", "the file's name says another type than its content; read by its content"),
    "mended": (
        "文件结构已损坏，修复后读取；请核对页数是否完整",
        "the file was damaged and read after mending; check that no page is missing",
    ),
    "unreadable_text": ("字体没有文字编码，抽不出文字，需要文字识别（OCR）", "the fonts tell no characters; this page needs OCR"),
    "unreadable_page": ("无法解析", "this page cannot be read"),
    "no_text_page": ("没有文字层（扫描图像），需要文字识别（OCR）", "no text on this page, a scanned image; it needs OCR"),
    "ocr": ("是图像，文字由识别（OCR）得来", "this page is a picture; its text was recognised (OCR)"),
    "ocr_poor": (
        "是图像，文字识别（OCR）把握不大，请与原件核对",
        "this page is a picture and its text was recognised (OCR) with little certainty; compare it with the original",
    ),
    "uncertain_table": (
        "似有无竖线的表格，行列不能确定，未作表格识读",
        "a table without upright lines, as it seems; not read as one",
    ),
    "crowded_page": ("线条过多，未识别其中的表格", "too many lines on this page; its tables were not read"),
    "tracked_changes": ("含修订，按接受全部修订后的文字读取", "tracked changes; read as if all of them were accepted"),
    "converted": ("由 LibreOffice 转换后读取", "read after conversion by LibreOffice"),
    "hidden_text": ("有隐藏文字，未读取", "hidden text, which was not read"),
    "hidden_content": ("有隐藏的工作表、行或列，未读取", "hidden sheets, rows or columns, which were not read"),
    "uncomputed": ("有公式没有保存计算结果，按空白读取", "formulas whose results were not saved; read as blank"),
    "page_furniture": (
        "网页中正文以外的文字（导航、页脚等）未作核验",
        "words of the web page around the article (menus, footers), not checked",
    ),
    "embedded_part": ("有嵌入的文档，未读取", "an embedded document, which was not read"),
    "several_documents": (
        "文件内含多份文档，依次读取，页码连续计数",
        "several documents in one file, read one after the other; pages count through",
    ),
    "mail_body": ("邮件正文较长，未作为报告读取", "the mail itself is long; it was not read as a report"),
    "sideways_page": ("文字横置或倒置，未能识读", "the text of this page lies on its side or upside down and was not read"),
}
"""Notes on a document. In Chinese the reader's own message is shown; these texts are for English, and for tables."""

ERRORS: Texts = {
    "missing": ("文件不存在", "there is no such file"),
    "not_a_file": ("不是可读取的文件", "not a file that can be read"),
    "empty": ("文件是空的", "the file is empty"),
    "not_a_pdf": ("内容不是 PDF", "the content is not a PDF"),
    "encrypted": ("文件加了密码，请先解除密码", "locked with a password; remove it first"),
    "broken": ("文件已损坏", "the file is damaged"),
    "no_text": (
        "没有文字层，多为扫描件，需先做文字识别（OCR）",
        "no text in it, a scan or a picture; it needs OCR: pip install 'jixiao-extractor[ocr]'",
    ),
    "needs_libreoffice": (
        "读取旧版 Office 文件需要 LibreOffice，本机没有",
        "old office files need LibreOffice, which is not installed here; install it, or save the file as docx or xlsx",
    ),
    "archive": (
        "是压缩包或邮件，其中的文件各成一份；请用 check_folder()",
        "an archive or a mail, whose files are documents of their own; use check_folder()",
    ),
    "archive_limit": (
        "压缩包或邮件超出大小、压缩比、个数或层数的上限，部分或全部未读取；请解压后再读",
        "the archive or mail goes beyond the limits of size, ratio, number or depth; it was not, or not wholly, read: unpack it first",
    ),
    "unsafe_member": (
        "压缩包内有链接或指向包外的成员，未读取",
        "members of the archive are links or lead out of it; those were not read",
    ),
    "no_documents": ("压缩包或邮件中没有可读取的文件", "no document in the archive, or attached to the mail (its text is not read)"),
    "needs_unpacking": (
        "不能直接读取这种压缩包或邮件；请先解压，或改存为 ZIP、eml",
        "this kind of archive or mail cannot be opened here; unpack it first, or save it as ZIP or eml",
    ),
    "workpaper": (
        "是本工具写出的底稿，不是报告；复核意见请用 --verdicts 交回",
        "a working paper of this tool, no report; hand its verdicts back with --verdicts",
    ),
    "unsupported": ("暂不支持此格式，请另存为 PDF 或纯文本", "this format or encoding cannot be read; save it as PDF or UTF-8 text"),
    "too_large": ("处理所需内存超过上限；可用 --memory 放宽", "needs more memory than it may take; --memory allows more"),
    "timed_out": ("处理超时，已中止；可用 --timeout 放宽后以 --retry-failed 重试", "took too long; --timeout allows more"),
    "crashed": ("处理时进程崩溃，其余文件不受影响", "crashed the process that read it; the other files are not affected"),
    "internal_error": ("程序出错，其余文件不受影响；加 --debug 可看详情", "the program failed on it; --debug shows where"),
}

FAILURES: Texts = {
    "missing": ("不存在", "missing"),
    "not_a_file": ("不是文件", "not a file"),
    "empty": ("空文件", "empty"),
    "not_a_pdf": ("不是 PDF", "not a PDF"),
    "encrypted": ("有密码", "locked"),
    "broken": ("已损坏", "damaged"),
    "no_text": ("无文字层", "no text"),
    "needs_libreoffice": ("需要 LibreOffice", "LibreOffice needed"),
    "archive": ("压缩包", "archive"),
    "archive_limit": ("压缩包超限", "archive beyond limits"),
    "unsafe_member": ("压缩包成员不安全", "unsafe members"),
    "no_documents": ("没有可读文件", "nothing to read in it"),
    "needs_unpacking": ("需先解压", "to be unpacked first"),
    "workpaper": ("底稿", "working paper"),
    "unsupported": ("格式不支持", "unsupported"),
    "too_large": ("内存不足", "too large"),
    "timed_out": ("超时", "timed out"),
    "crashed": ("崩溃", "crashed"),
    "internal_error": ("程序出错", "program failed"),
}
"""The same in a word, for counts."""

REASONS: Texts = {
    "no_executed": ("报告未给出执行数", "no executed amount is stated"),
    "no_budget": ("报告未给出预算数", "no budget is stated"),
    "no_budget_initial": ("报告未给出年初预算数", "no initial budget is stated"),
    "no_arrived": ("报告未给出到位数", "no arrived amount is stated"),
    "no_balance": ("报告未给出结余数", "no balance is stated"),
    "no_source": ("报告未给出该来源的金额", "no amount is stated for this part of the fund"),
    "no_target": ("报告未给出目标值", "no target is stated"),
    "no_actual": ("报告未给出实际值", "no actual value is stated"),
    "no_score": ("报告未给出得分", "no score is stated"),
    "no_weight": ("没有分值", "no weight is stated"),
    "no_figures": ("目标或完成值不是数值", "target or actual is no figure"),
    "no_proportion": ("无法按比例计算", "no proportion exists"),
    "shared_points": ("几项指标共用分值", "several indicators share the points"),
    "time": ("时间类指标，方向不明", "a time whose direction is not stated"),
    "no_execution_weight": ("未列出预算执行的分值", "no points for execution are stated"),
    "no_operands": ("报告未给出可供复算的数", "the figures it rests on are not stated"),
    "stepwise": ("分档计分，不按比例复算", "scored by steps, not in proportion"),
    "two_candidates": ("有两个可能的数，无法确定", "two figures are possible"),
    "unit_unknown": ("单位不明", "the unit is unknown"),
    "unknown_base": ("口径不明", "the base is not named"),
    "unknown_grade": ("不认识的等级用语", "an unknown grade"),
    "zero_base": ("分母为零", "the denominator is zero"),
    "other_funds": ("另有结转、追加或其他资金", "other funds come in"),
    "other_period": ("所述期间不同", "another period is meant"),
    "partial_list": ("所列不是全部", "the list is not complete"),
    "returned": ("有资金被收回或上缴", "funds were returned"),
}

ALLOWANCES: Texts = {
    "tail": ("尾差", "rounding difference"),
    "truncated": ("截尾", "truncated"),
    "full_by_rounding": ("四舍五入为 100%", "rounded to 100%"),
    "bound_word": ("“约”“超过”等词", "words such as about"),
}

DOUBTS: Texts = {
    "page_break": ("跨页读取", "read across a page break"),
    "unruled": ("表格无框线，按位置识读", "from a table without lines, read by position"),
    "two_candidates": ("有两个可能的读法", "two readings are possible"),
    "ocr": ("文字识别所得", "read by OCR"),
    "ocr_unsure": ("文字识别把握不大，先核对原件", "read by OCR with little certainty: compare the original first"),
    "base_uncertain": ("口径不明", "the base is uncertain"),
    "inferred": ("据上下文推断", "inferred from the wording"),
}

ROLES: Texts = {
    "executed": ("执行数", "executed"),
    "budget": ("预算数", "budget"),
    "budget_initial": ("年初预算数", "initial budget"),
    "arrived": ("到位数", "arrived"),
    "balance": ("结余数", "balance"),
    "adjustment": ("调整数", "adjustment"),
    "part": ("分项", "part"),
    "whole": ("总数", "whole"),
    "target": ("目标值", "target"),
    "actual": ("实际值", "actual"),
    "weight": ("分值", "weight"),
    "score": ("得分", "score"),
    "current": ("本期数", "current"),
    "previous": ("上期数", "previous"),
    "form": ("自评表所列", "in the form"),
    "told": ("正文所述", "in the text"),
    "table": ("表中所列", "in the table"),
    "amount": ("金额", "amount"),
    "deduction": ("扣分", "deduction"),
    "project": ("项目", "project"),
    "figure": ("算式中的数", "figure of the formula"),
    "counterpart": ("对照数", "held against"),
    "result": ("结论", "result"),
}
"""The names of operands, by the codes that the checks and the sheet of workings use."""


def say(texts: Texts, key: str, language: str) -> str:
    """The word in the language asked for; a key without a text stands for itself.

    >>> say(VERDICTS, "consistent", "en"), say(REASONS, "something_new", "zh")
    ('consistent', 'something_new')
    """
    return texts[key][language == "en"] if key in texts else key
