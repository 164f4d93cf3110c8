"""The page in a browser: filters, search, keys, pictures with their boxes in view; no request, no error, no serious fault of access."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ROOT = Path(__file__).parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / "build" / "node_modules" / "axe-core" / "axe.min.js"))
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium or its driver is not installed")]
webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    names = ("report-with-forms-2022", "innovation-vouchers-2021", "agriculture-transfer-2022", "form-county-welfare-2023")
    paths = [str(ROOT / "corpus" / f"{name}.pdf") for name in names]
    text = folder / "报告.txt"
    text.write_text("青川区水务站2019年度项目绩效自评报告\n\n年初预算20万元，实际使用19.87万元，预算执行率99.67%。\n", encoding="utf-8")
    main([*paths, str(text), "--format", "html", "-o", f"{folder}/", "--no-cache", "--fail-on", "never", "-q"])
    return folder / "findings.html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, page: Path) -> Any:
    size(browser, 1440, 1000)
    browser.get(page.as_uri())
    return browser


def size(browser: Any, width: int, height: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    )


def shown(browser: Any) -> list[str]:
    return browser.execute_script("return [...document.querySelectorAll('main .card:not([hidden])')].map(c => c.dataset.id)")  # type: ignore[no-any-return]


def until(browser: Any, script: str) -> None:
    """Until the script gives something true; fails after ten seconds."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 10, 0.05).until(lambda driver: driver.execute_script(script))


INK = """
const [anchor, done] = arguments;
const image = document.querySelector('#' + anchor + ' image'), box = document.querySelector('#' + anchor + ' rect.passage');
const picture = new Image();
picture.src = image.getAttribute('href');
picture.decode().then(() => {
  const scale = picture.width / Number(image.getAttribute('width')), canvas = document.createElement('canvas');
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(name => Math.round(Number(box.getAttribute(name)) * scale));
  canvas.width = width; canvas.height = height;
  const pen = canvas.getContext('2d');
  pen.drawImage(picture, x, y, width, height, 0, 0, width, height);
  const data = pen.getImageData(0, 0, width, height).data;
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) dark += data[at] < 128;
  done(dark / (width * height));
});
"""
"""How much of the first passage's box is ink."""


def test_filters(opened: Any) -> None:
    every = shown(opened)
    opened.execute_script("document.querySelector('input[value=warning]').click(); document.querySelector('input[value=info]').click()")
    errors = shown(opened)
    assert 0 < len(errors) < len(every)
    assert opened.execute_script("return document.querySelectorAll('main .card.error').length") == len(errors)
    opened.execute_script("document.querySelector('button.bar[data-filter=unit]').click()")
    units = opened.execute_script("return [...document.querySelectorAll('main .document:not([hidden])')].map(d => d.dataset.unit)")
    assert len(set(units)) == 1
    assert opened.execute_script("return document.getElementById('pick-unit').value") == units[0]
    opened.execute_script("document.getElementById('reset').click()")
    until(opened, f"return document.querySelectorAll('main .card:not([hidden])').length == {len(every)}")


def test_search_by_keyboard(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.find_element("tag name", "body").send_keys("/")
    field = opened.switch_to.active_element
    assert field.get_attribute("id") == "search"
    field.send_keys("2680万元 资金来源")
    until(opened, "return document.querySelectorAll('main .card:not([hidden])').length == 1")
    assert opened.find_element("id", "shown").text.startswith("显示 1 条")
    field.send_keys(Keys.ESCAPE)
    until(opened, "return document.querySelectorAll('main .card[hidden]').length == 0")


def test_a_finding_chosen_shows_its_page_with_its_box_in_view(opened: Any) -> None:
    cards = opened.execute_script("return [...document.querySelectorAll('main .card')].map(c => [c.id, !!c.querySelector('svg')])")
    (anchor,) = [name for name, has in cards if has][-1:]
    opened.find_element("css selector", f"#list a[href='#{anchor}']").click()
    until(
        opened, f"const i = document.querySelector('#{anchor} image'); return (i.getAttribute('href') || '').startsWith('data:image/webp')"
    )
    inside = f"""
        const box = document.querySelector('#{anchor} rect.passage').getBoundingClientRect();
        const view = document.querySelector('#{anchor} svg').getBoundingClientRect();
        return box.top >= view.top && box.bottom <= view.bottom && box.top >= 0 && box.bottom <= innerHeight && box.height > 5"""
    until(opened, inside)
    assert opened.execute_script("return document.activeElement.id") == anchor
    assert opened.execute_async_script(INK, anchor) > 0.02


def test_keys_lead_from_finding_to_finding_and_to_the_whole_page(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    cards = opened.execute_script("return [...document.querySelectorAll('main .card')].map(c => c.id)")
    opened.find_element("tag name", "body").send_keys("jjk")
    assert opened.execute_script("return document.activeElement.id") == cards[0]
    opened.switch_to.active_element.send_keys("o")
    assert opened.execute_script("return document.getElementById('sheet').open")
    until(
        opened,
        """const box = document.querySelector('#sheet rect.passage').getBoundingClientRect();
           return box.top > 0 && box.bottom < innerHeight && document.querySelector('#sheet image').hasAttribute('href')""",
    )
    opened.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(opened, "return !document.getElementById('sheet').open")
    assert opened.execute_script("return document.activeElement.id") == cards[0]


def test_the_explanation_of_a_check_opens_in_its_card(opened: Any) -> None:
    opened.execute_script("document.querySelector('main details.explain').open = true")
    until(opened, "return document.querySelector('main details.explain .text')?.textContent.includes('核什么')")


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_nothing_is_wider_than_the_screen(opened: Any, width: int) -> None:
    size(opened, width, 900)
    assert opened.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_filters_can_be_reached_however_the_window_is_resized(opened: Any, page: Path) -> None:
    is_shown = "return document.querySelector('#filters').checkVisibility()"
    size(opened, 390, 800)
    opened.get(page.as_uri())
    assert not opened.execute_script(is_shown)
    size(opened, 1440, 1000)
    until(opened, is_shown)
    size(opened, 390, 800)
    until(opened, is_shown.replace("return ", "return !"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm install --prefix build axe-core)")
def test_no_serious_fault_of_access(opened: Any, scheme: str) -> None:
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    opened.execute_script("document.querySelectorAll('.card').forEach(c => { c.style.contentVisibility = 'visible' })")
    opened.execute_script(AXE.read_text(encoding="utf-8"))
    found = opened.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"] if each["impact"] in ("serious", "critical")] == []


def test_no_request_leaves_the_page_and_no_error_is_told(opened: Any, page: Path) -> None:
    opened.get_log("performance"), opened.get_log("browser")
    opened.get(page.as_uri())
    opened.execute_script("document.querySelectorAll('main .card').forEach(card => card.scrollIntoView())")
    until(opened, "return document.querySelector('image[href]') !== null")
    messages = [json.loads(entry["message"])["message"] for entry in opened.get_log("performance")]
    asked = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
    assert {url.partition(":")[0] for url in asked} == {"file", "data"}
    assert [url for url in asked if url.startswith("file")] == [page.as_uri()]
    assert opened.get_log("browser") == []
