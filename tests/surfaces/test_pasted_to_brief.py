"""From a pasted table to the brief in a real Chromium: data, judgement, plan, without a command line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.surfaces.browser import served

pytestmark = pytest.mark.slow

SCORES = {
    "zh": "赛道\t产值（亿元）\t增加值率\t能耗（吨标煤）\t备查编号\n"
    "新能源\t120\t21%\t3.1\t9901\n新材料\t80\t26%\t4.2\t9902\n生物医药\t95\t38%\t0.9\t9903\n",
    "en": "Track\tOutput (CNY million)\tMargin\tEnergy (t)\tFile number\n"
    "New energy\t120\t21%\t3.1\t9901\nNew materials\t80\t26%\t4.2\t9902\nBiomedicine\t95\t38%\t0.9\t9903\n",
}
MEASURES = {
    "zh": "措施\t资金（万元）\t对应要素\t强度\n研发补助\t3000\t产值\t强\n节能改造\t2000\t能耗\t中\n预算\t6000\t\t\n",
    "en": "Measure\tFunds (CNY thousand)\tFactors\tStrength\n"
    "Grants\t30000\tOutput\tstrong\nSaving energy\t20000\tEnergy\tmedium\nBudget\t60000\t\t\n",
}
SAID = {
    "zh": ("9901", "6,000 万元", "研发补助"),
    "en": ("9901", "CNY 60 million", "Grants"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_planner_gets_from_a_pasted_table_to_the_brief(browser: Any, lang: str) -> None:
    with served("--lang", lang) as address:
        page = browser.new_context(accept_downloads=True).new_page()
        page.goto(address)
        page.fill("textarea[name=pasted]", SCORES[lang])
        page.click('form[action="/import"] button.main')
        page.select_option("select[name='direction-E']", "leave")
        page.click("button[value=put]")
        page.click("a.button[href='/import']")
        page.fill("textarea[name=pasted]", MEASURES[lang])
        page.click('form[action="/import"] button.main')
        page.check("fieldset.open input[value=free]")
        page.fill("fieldset.open input[name^=own]", "30, 20, 10")
        page.check("input[name=into][value=opened]")
        page.click("button[value=put]")
        page.wait_for_selector("#measures tbody tr")
        page.locator("nav.steps a").nth(1).click()
        page.wait_for_selector("#asking, .question, main h1")
        page.locator("nav.steps a").nth(2).click()
        page.wait_for_selector("#foot:not(:has(.delayed))")
        page.click("#export summary")
        with page.expect_download() as coming:
            page.locator("#export a[href*='brief.html']").click()
        told = re.sub("<[^>]*>", "", Path(coming.value.path()).read_text("utf-8"))
        unread, *said = SAID[lang]
        assert all(part in told for part in said), told
        assert unread not in told
        page.context.close()
