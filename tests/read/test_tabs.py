"""Tables in plain text, their cells parted by tabs; figures of full width in cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.pipeline import extract, load

LIST = """柏川县水务站2022年度项目支出绩效自评汇总表
单位：万元
序号\t项目名称\t全年预算数\t全年执行数\t执行率
1\t渠道清淤\t20.00\t19.00\t95.00%
2\t泵站检修\t30.00\t28.50\t{rate}
\t合计\t50.00\t47.50\t95.00%

联系人：某某\t\t电话：1234567
"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.txt"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_with_tabs_are_a_table(tmp_path: Path) -> None:
    document = load(written(tmp_path, LIST.format(rate="95.00%")))
    assert [[[cell.text if cell else "" for cell in row] for row in table.grid] for table in document.tables] == [
        [
            ["序号", "项目名称", "全年预算数", "全年执行数", "执行率"],
            ["1", "渠道清淤", "20.00", "19.00", "95.00%"],
            ["2", "泵站检修", "30.00", "28.50", "95.00%"],
            ["", "合计", "50.00", "47.50", "95.00%"],
        ]
    ]
    assert [p.text for p in document.prose][-1] == "联系人：某某 电话：1234567"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_wrong_rate_between_tabs_is_found_at_its_line(tmp_path: Path, encoding: str) -> None:
    report = extract(written(tmp_path, LIST.format(rate="97.00%"), encoding))
    found = [f for f in report.findings if f.check == "rate-execution-recompute"]
    assert [(f.severity, f.stated, f.expected) for f in found] == [("error", "97.00%", "95.00%")]
    assert found[0].evidence[0].locator == "第5行"


def test_figures_of_full_width_in_cells_are_figures(tmp_path: Path) -> None:
    wide = LIST.format(rate="97.00%").translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％"))
    found = [f for f in extract(written(tmp_path, wide)).findings if f.check == "rate-execution-recompute"]
    assert [(f.severity, f.expected) for f in found] == [("error", "95.00%")]
