"""A wrong report, and what a run of the command over it gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPORT = """青川区水务站2019年度项目绩效自评报告

一、项目基本情况
项目名称：河堤养护经费
二、资金情况
年初预算20万元，实际使用19.87万元，预算执行率99.67%。
三、项目基本情况
项目名称：泵站维修经费
四、资金情况
年初预算30万元，实际使用28.5万元，预算执行率93%。
五、项目基本情况
项目名称：闸门更新经费
六、资金情况
年初预算50万元，实际使用40万元，预算执行率85%。
七、项目基本情况
项目名称：水质监测经费
八、资金情况
年初预算80万元，实际使用60万元，预算执行率70%。
"""


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def errors(self) -> dict[str, Any]:
        """The findings that are errors, by what is stated."""
        return {f["stated"]: f for report in self.json["reports"] for f in report["findings"] if f["severity"] == "error"}


Extract = Callable[..., Ran]


def edit(old: str, new: str) -> None:
    path = Path("报告.txt")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
