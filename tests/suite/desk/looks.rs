//! How the pages look: by day and by night, on a desk and on a tablet. `PICTURES=docs/desk cargo nextest run desk::looks`
//! writes down what was looked at.

use std::path::{Path, PathBuf};

use super::*;
use crate::support::chromium::{Chromium, Script};

const STRANGER: &str = "From: An Peeters <elsewhere@mail.test>\r\nTo: care@example.test\r\nSubject: EAN\r\n\
    Message-ID: <m2@mail.test>\r\n\r\nGoeiedag,\r\n\r\nMijn EAN is 541448820012345678.\r\n";

/// Texts that stand out too little from what is behind them (WCAG 2.2, 1.4.3: 4.5 to 1), as `ratio: text`.
const FAINT: &str = r"(() => {
    const channels = colour => (colour.match(/[\d.]+/g) || []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
        .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const c = channels(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] === 1) return c;
        }
        return [255, 255, 255];
    };
    const faint = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        const [one, other] = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
        const ratio = (one + .05) / (other + .05);
        if (ratio < 4.5) faint.add(ratio.toFixed(2) + ': ' + walker.currentNode.data.trim());
    }
    return [...faint];
})()";

/// Fields and buttons that a screen reader has no name for, headings that skip a level, and more than one `h1`.
const UNNAMED: &str = r"(() => {
    const named = e => e.labels?.length || e.getAttribute('aria-label') || e.title || (e.matches('button') && e.textContent.trim());
    const unnamed = [...document.querySelectorAll('input:not([type=hidden]), textarea, button, iframe')]
        .filter(e => !named(e)).map(e => e.outerHTML);
    const levels = [...document.querySelectorAll('h1, h2, h3')].map(e => Number(e.tagName[1]));
    if (levels.filter(level => level === 1).length !== 1) unnamed.push('h1: ' + levels);
    levels.forEach((level, at) => { if (at && level > levels[at - 1] + 1) unnamed.push('heading levels: ' + levels); });
    return unnamed;
})()";

#[test]
fn every_page_is_legible_and_named_and_fits_by_day_and_by_night() {
    let desk = Desk::new();
    let stranger = message(&desk.web, "0190-b", STRANGER, None);
    submit_blocked(&desk.web, &"REG-7K3M9Q2Y".parse().unwrap(), 2);
    let url = desk.web.url.clone();
    let mut look = Look {
        browser: Chromium::start(1440, Script::On),
        pictures: std::env::var_os("PICTURES").map(PathBuf::from),
        faults: Vec::new(),
    };
    look.at("sign-in", &format!("{url}/desk/sign-in"));
    let welcome = desk.web.state.one_time_sign_in("ann", "/desk");
    look.browser.open(&format!("{url}{welcome}"));
    for (name, path) in [
        ("list", "/desk".to_owned()),
        ("case", format!("/desk/cases/{}", desk.key)),
        ("stranger", format!("/desk/cases/{stranger}")),
        ("registrations", "/desk/registrations".to_owned()),
        ("found", "/desk/registrations?q=petters+gent".to_owned()),
        ("not-found", "/desk/registrations?q=nobody".to_owned()),
        ("registration", format!("/desk/registrations/{}", desk.reference)),
        ("account", "/desk/account".to_owned()),
        ("nothing", "/desk/registrations/REG-00000000".to_owned()),
    ] {
        look.at(name, &format!("{url}{path}"));
    }
    assert_eq!(look.faults, [] as [String; 0]);
}

struct Look {
    browser: Chromium,
    /// Where pictures of the pages are kept, if they are.
    pictures: Option<PathBuf>,
    faults: Vec<String>,
}

impl Look {
    fn at(&mut self, name: &str, url: &str) {
        self.browser.open(url);
        for width in [1440, 820] {
            for scheme in ["light", "dark"] {
                self.browser.look(width, scheme);
                for (what, expression) in [("faint", FAINT), ("unnamed", UNNAMED)] {
                    let found = self.browser.value(expression);
                    let found = found.as_array().unwrap().iter();
                    self.faults
                        .extend(found.map(|fault| format!("{name} {width} {scheme} {what}: {fault}")));
                }
                let wide = self.browser.value("document.documentElement.scrollWidth");
                if wide.as_u64().unwrap() > u64::from(width) {
                    self.faults.push(format!("{name}: {wide} wide on {width}"));
                }
                if let Some(folder) = self.pictures.clone() {
                    self.keep_picture(&folder, &format!("{name}-{width}-{scheme}.png"));
                }
            }
        }
    }

    fn keep_picture(&mut self, folder: &Path, file: &str) {
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(file), self.browser.picture()).unwrap();
    }
}
