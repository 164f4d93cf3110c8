"use strict";
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (id) => document.getElementById(id);
  const cards = all("main .card"), sections = all("main .document");
  const picks = ["unit", "check", "project", "status"].map((name) => one("pick-" + name));
  const boxes = all('input[name="severity"]'), search = one("search"), list = one("list"), sheet = one("sheet");
  const entries = new Map();
  let words = null, current = null, opener = null;

  // Pictures are set when their card comes near: until then they are text in the file.
  const draw = (within) => {
    for (const image of all("image[data-picture]", within)) {
      const data = one(image.dataset.picture);
      if (data) image.setAttribute("href", "data:" + data.type + ";base64," + data.textContent.trim());
      delete image.dataset.picture;
    }
  };
  const near = new IntersectionObserver((seen) => {
    for (const each of seen) if (each.isIntersecting) { draw(each.target); near.unobserve(each.target); }
  }, { rootMargin: "900px 0px" });
  cards.forEach((card) => near.observe(card));

  const valueOf = (card, name) => (name === "unit" ? card.parentElement.dataset.unit : card.dataset[name]);
  const labelOf = (card, name) => (name === "unit" ? card.parentElement.dataset.unitLabel : card.dataset[name + "Label"]);

  const fill = (pick) => {
    const found = new Map();
    for (const card of cards) {
      const value = valueOf(card, pick.name), known = found.get(value);
      if (known) known.count += 1; else found.set(value, { label: labelOf(card, pick.name), count: 1 });
    }
    pick.add(new Option(document.body.dataset.all, "*"));
    for (const [value, { label, count }] of found) pick.add(new Option(label + " (" + count + ")", value));
    pick.closest(".pick").hidden = found.size < 2;
  };

  const listed = (card) => {
    const item = document.createElement("li"), link = document.createElement("a"), text = document.createElement("span"), small = document.createElement("small");
    link.href = "#" + card.id;
    link.className = card.dataset.severity + (card.classList.contains("off") ? " off" : "");
    text.textContent = card.dataset.checkLabel;
    const place = card.querySelector(".place").textContent;
    small.textContent = [labelOf(card, "unit"), place].filter(Boolean).join(" · ");
    text.append(small);
    link.append(text);
    item.append(link);
    entries.set(card, item);
    return item;
  };

  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d)/g, "$1");
  const wordsOf = (card) => plain(card.textContent + " " + card.parentElement.querySelector("header").textContent + " " + card.dataset.check);

  const filter = () => {
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const terms = plain(search.value).split(/\s+/).filter(Boolean);
    if (terms.length && !words) words = new Map(cards.map((card) => [card, wordsOf(card)]));
    let count = 0;
    for (const card of cards) {
      const stays = severities.has(card.dataset.severity) && picks.every((pick) => pick.value === "*" || pick.value === valueOf(card, pick.name)) &&
        terms.every((term) => words.get(card).includes(term));
      card.hidden = entries.get(card).hidden = !stays;
      count += stays;
    }
    for (const section of sections) section.hidden = !section.querySelector(".card:not([hidden])");
    one("none").hidden = count > 0 || !cards.length;
    one("reset").hidden = count === cards.length;
    one("shown").textContent = document.body.dataset.of.replace("{}", count).replace("{}", cards.length);
  };

  const mark = (card) => {
    if (current) { current.classList.remove("now"); entries.get(current).firstChild.removeAttribute("aria-current"); }
    current = card;
    card.classList.add("now");
    const link = entries.get(card).firstChild;
    link.setAttribute("aria-current", "true");
    const nav = link.closest("nav").closest(".tools"), place = link.getBoundingClientRect(), room = nav.getBoundingClientRect();
    if (place.top < room.top || place.bottom > room.bottom) nav.scrollTop += place.top - room.top - room.height / 2;
  };
  const go = (card) => {
    draw(card);
    mark(card);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: card.offsetHeight > innerHeight * 0.8 ? "start" : "center" });
  };
  const step = (by) => {
    const shown = cards.filter((card) => !card.hidden), at = shown.indexOf(current);
    const card = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (card) go(card);
  };

  const open = (figure, from) => {
    const drawn = figure.querySelector("svg"), copy = drawn.cloneNode(true), paper = sheet.querySelector(".paper");
    draw(copy);
    copy.setAttribute("viewBox", drawn.dataset.whole);
    one("sheet-title").textContent = figure.closest(".document").querySelector(".path").textContent + " · " + figure.querySelector("figcaption span").textContent;
    paper.className = "paper " + figure.closest(".card").dataset.severity;
    paper.replaceChildren(copy);
    opener = from;
    sheet.showModal();
    const [, top, , height] = drawn.getAttribute("viewBox").split(" ").map(Number), scale = copy.getBoundingClientRect().height / Number(drawn.dataset.whole.split(" ")[3]);
    paper.scrollTop = (top + height / 2) * scale - paper.clientHeight / 2;
  };

  picks.forEach(fill);
  list.append(...cards.map(listed));
  filter();
  const narrow = matchMedia("(max-width: 60rem)"), menu = document.querySelector(".menu");
  const fold = () => { menu.open = !narrow.matches; };  // a wide window shows no handle to open it by
  narrow.addEventListener("change", fold);
  fold();

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  one("filters").addEventListener("change", filter);
  one("filters").addEventListener("reset", () => { search.value = ""; setTimeout(() => { picks.forEach((pick) => { pick.value = "*"; }); filter(); }); });
  one("filters").addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    if (narrow.matches) menu.open = false;
    go(one(link.hash.slice(1)));
  });
  document.addEventListener("click", (event) => {
    const bar = event.target.closest("button.bar"), whole = event.target.closest(".whole, .view svg"), card = event.target.closest("main .card");
    if (bar) {
      const pick = one("pick-" + bar.dataset.filter);
      pick.value = pick.value === bar.dataset.value ? "*" : bar.dataset.value;
      filter();
      one("findings").scrollIntoView();
    }
    if (card) mark(card);
    if (whole && !sheet.contains(whole)) open(whole.closest("figure"), whole);
    if (event.target === sheet) sheet.close();
  });
  one("sheet-close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("close", () => { if (opener && opener.focus) opener.focus({ preventScroll: true }); });
  for (const why of all("details.explain")) why.addEventListener("toggle", () => {
    const text = one("check-" + why.dataset.check);
    if (text && !why.querySelector(".text")) why.append(text.querySelector(".text").cloneNode(true));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (typing) { if (event.key === "Escape" && event.target === search) { search.value = ""; filter(); search.blur(); } return; }
    if (sheet.open) return;
    const arrows = event.target.closest("main .card, #list");
    if (event.key === "j" || (arrows && event.key === "ArrowDown")) step(1);
    else if (event.key === "k" || (arrows && event.key === "ArrowUp")) step(-1);
    else if (event.key === "/") search.focus();
    else if (event.key === "o" && current && current.querySelector("figure")) open(current.querySelector("figure"), current);
    else return;
    event.preventDefault();
  });
  addEventListener("hashchange", () => arrive());
  const arrive = () => {
    const card = location.hash.startsWith("#f-") && one(decodeURIComponent(location.hash.slice(1)));
    if (card && entries.has(card)) go(card);
  };
  // Paper has nothing to click: what is folded at the top stands open on it.
  const unfolded = [];
  addEventListener("beforeprint", () => {
    draw(document);
    for (const folded of all(".top > details:not([open])")) { folded.open = true; unfolded.push(folded); }
  });
  addEventListener("afterprint", () => { for (const each of unfolded.splice(0)) each.open = false; });
  arrive();
})();
