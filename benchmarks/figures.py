"""How fast `figures` reads ten megabytes of report text, beside the standard library's `re` with the same pattern.

    python -m benchmarks.figures [--megabytes 10] [--runs 3]

Megabytes are of UTF-8. The text is the same every time: sentences as self-evaluation reports have them, filled with figures
from a fixed seed. Times are processor time of one core, the best of the runs; `re` only finds the matches, without values.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable

from extractor import figures
from extractor.lexicon.packs import default
from extractor.lexicon.scanner import scanner

SENTENCES = """
{section}、项目基本情况
根据《{place}财政局关于开展{year}年度预算项目支出绩效自评工作的通知》（{issuer}〔{year}〕{n}号）要求，我单位对照年初批复的绩效目标，组织开展了自评工作。
该项目年初预算安排{money}万元，年中追加{money}万元，全年预算{money}万元，实际到位{money}万元，资金到位率{rate}%。
截至{year}年12月31日，项目实际支出{money}万元，预算执行率{rate}%，结余资金{yuan}元按规定上缴财政。
项目实施过程中，严格执行财务管理制度和政府采购制度，资金拨付有完整的审批程序和手续，未发现截留、挤占、挪用、虚列支出等情况。
数量指标：完成{thing}{count}个，目标值{count}个；开展业务培训{n}期，培训{count}人次，完成年度目标。
质量指标：验收合格率{rate}%，达到预期目标。时效指标：各项任务均在{year}年{month}月底前完成。
社会效益指标：项目的实施改善了辖区群众的生产生活条件，受益群众{count}人，带动就业{n}余人，社会反响良好。
服务对象满意度指标：通过问卷调查，发放问卷{n}份，收回有效问卷{n}份，满意度达到{rate}%以上。
经综合评价，本项目自评得分{score}分，评价等级为“优”。
（{section}）存在的主要问题及原因分析
一是预算编制不够精细，部分支出标准缺乏依据；二是资金支付进度前慢后快，第四季度支出占全年的{rate}%；三是绩效指标设置不够量化，个别指标难以考核。
下一步，我单位将进一步加强项目前期论证，统一支出口径，细化预算编制，健全绩效管理机制，切实提高财政资金使用效益。
{n}.加强组织领导，明确责任分工，建立健全项目管理台账，定期调度工作进展情况。
根据《中华人民共和国预算法》第五十{digit}条规定，各部门、各单位应当加强对预算支出的管理，严格执行预算，不得虚假列支。
其中：{place}级财政资金{money}万元，占{rate}%；自筹资金{money}万元，占{rate}%，资金来源合规，保障了项目顺利实施。
与上年相比，业务量增长百分之{digit}十，运行成本下降{rate}个百分点，服务效率明显提升，群众获得感进一步增强。
""".strip().splitlines()

DIGITS = "一二三四五六七八九"


def report_text(megabytes: float) -> str:
    """Deterministic text of at least the size asked for."""
    dice = random.Random(20240601)
    parts: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        line = dice.choice(SENTENCES).format(
            section=dice.choice(DIGITS),
            digit=dice.choice(DIGITS),
            place=dice.choice(("市", "区", "县")),
            issuer=dice.choice(("云财预", "岭财绩", "清政办发")),
            year=dice.randint(2017, 2024),
            month=dice.randint(1, 12),
            n=dice.randint(1, 60),
            count=dice.randint(10, 90000),
            money=f"{dice.uniform(1, 3000):.{dice.randint(0, 2)}f}",
            yuan=f"{dice.uniform(1000, 9000000):,.2f}",
            rate=f"{dice.uniform(60, 100):.{dice.randint(0, 2)}f}",
            score=f"{dice.uniform(80, 100):.1f}",
            thing=dice.choice(("示范点", "整治点位", "服务站")),
        )
        parts.append(line)
        size += len(line.encode()) + 1
    return "\n".join(parts)


def measure(run: Callable[[], int], runs: int) -> tuple[float, int]:
    """The best processor time of the runs, and what the last one counted."""
    best, count = float("inf"), 0
    for _ in range(runs):
        start = time.process_time()
        count = run()
        best = min(best, time.process_time() - start)
    return best, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    text = report_text(options.megabytes)
    size = len(text.encode()) / 1_000_000
    pattern: re.Pattern[str] = scanner(default()).pattern
    figures(text[:10_000])
    ours, found = measure(lambda: len(figures(text)), options.runs)
    bare, matched = measure(lambda: sum(1 for _ in pattern.finditer(text)), options.runs)
    print(f"text      {size:.1f} MB, {len(text)} characters, {found} entities ({len(text) / found:.0f} characters each)")
    print(f"figures   {size / ours:6.1f} MB/s  {ours:.2f} s")
    print(f"re alone  {size / bare:6.1f} MB/s  {bare:.2f} s  ({matched} matches, no values)")
    print(f"ratio     {ours / bare:6.1f}")


if __name__ == "__main__":
    main()
