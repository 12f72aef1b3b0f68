/* The payer's page, live. Without it the forms are sent as forms and the page is read anew. */
(() => {
  "use strict";
  const pay = document.getElementById("pay");
  const at = "/pay/" + pay.dataset.uid;
  const one = (selector) => pay.querySelector(selector);
  const all = (selector) => Array.from(pay.querySelectorAll(selector));
  const RANK = { new: 0, processing: 1 };
  const rank = (state) => (state in RANK ? RANK[state] : 2);
  const isOver = () => rank(pay.dataset.state) === 2;
  const say = (text) => { document.getElementById("said").textContent = text; };

  /* The countdown: what the server says is left, on a clock that nobody sets. */
  let end = performance.now() + Number(pay.dataset.left);
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    if (pay.dataset.state !== "new") return;
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    const late = left === 0;
    one("[data-clock]").textContent = Math.floor(left / 60) + ":" + two(left % 60);
    one("[data-timer]").classList.toggle("soon", left < 180);
    one("[data-timer]").hidden = late;
    all("[data-until]").forEach((line) => { line.hidden = true; });
    if (late === (pay.dataset.late === "true")) return;
    pay.dataset.late = String(late);
    one("[data-late]").hidden = !late;
    all("[data-intime]").forEach((part) => { part.hidden = late; });
    all("[data-action=confirm] .main").forEach((button) => { button.hidden = late && Boolean(document.getElementById("card")); });
  };

  /* What the server says of the order; an answer that was overtaken by a newer one changes nothing. */
  const heard = (news) => {
    if (news.expires_at) end = performance.now() + Date.parse(news.expires_at) - Date.parse(news.server_time);
    tick();
    if (rank(news.status) <= rank(pay.dataset.state)) return;
    const section = one("[data-for=" + news.status + "]");
    if (!section) { location.reload(); return; }
    pay.dataset.state = news.status;
    all("[data-for]").forEach((other) => { other.hidden = other !== section; });
    document.getElementById("problem").hidden = true;
    section.querySelector("h1").focus();
    if (isOver()) close();
  };

  /* Live by events; asked for as well, seldom while events come, as often as the server says when they do not. */
  let events = null;
  let open = false;
  let next = 0;
  const close = () => { clearTimeout(next); if (events) events.close(); events = null; open = false; };
  const listen = () => {
    if (!window.EventSource || isOver()) return;
    if (events) events.close();
    events = new EventSource(at + "/events");
    events.onopen = () => { open = true; };
    events.onerror = () => { open = false; };
    events.addEventListener("status", (event) => heard(JSON.parse(event.data)));
  };
  const ask = async () => {
    clearTimeout(next);
    let wait = 10000;
    let reached = false;
    try {
      const answer = await fetch(at + "/status", { headers: { Accept: "application/json" }, cache: "no-store" });
      reached = answer.ok;
      if (answer.ok) {
        const news = await answer.json();
        wait = news.retry_after_ms;
        heard(news);
      } else wait = Math.max(5, Number(answer.headers.get("Retry-After"))) * 1000;
    } catch (offline) { /* the next try will tell */ }
    const line = document.getElementById("offline");
    if (line) line.hidden = reached || isOver();
    if (isOver()) return;
    if (!open && events && events.readyState === 2) listen();
    clearTimeout(next);
    next = setTimeout(ask, open ? 30000 : wait);
  };

  /* Sending: once, however often the button is pressed. */
  const problem = (text) => {
    const place = document.getElementById("problem");
    place.textContent = text;
    place.hidden = false;
    place.focus();
  };
  const card = document.getElementById("card");
  const digitsOf = (text) => text.replace(/[\s\u00a0\u2009\u202f-]/g, "");
  const isCard = (digits) => /^[0-9]{16,19}$/.test(digits) && Array.from(digits).reverse()
    .reduce((sum, digit, i) => sum + (i % 2 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : Number(digit)), 0) % 10 === 0;
  const mark = (wrong) => {
    document.getElementById("card-error").hidden = !wrong;
    card.setAttribute("aria-invalid", String(wrong));
    if (wrong) card.focus();
  };
  let sending = false;
  const send = async (form) => {
    const wanted = form.dataset.action;
    const body = {};
    if (wanted === "confirm" && card) {
      body.card_number = digitsOf(card.value);
      const wrong = !isCard(body.card_number);
      mark(wrong);
      if (wrong) return;
    }
    const button = form.querySelector("button");
    const words = button.textContent;
    sending = true;
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy;
    try {
      const answer = await fetch(at + "/" + wanted, {
        method: "POST",
        headers: { Accept: "application/json, application/problem+json", "Content-Type": "application/json" },
        body: wanted === "confirm" ? JSON.stringify(body) : undefined,
      });
      const said = await answer.json();
      if (answer.ok) {
        if (card) {
          one("[data-card-mask]").textContent = "•••• " + digitsOf(card.value).slice(-4);
          one("[data-card-line]").hidden = false;
          card.value = "";
        }
        heard(said);
        if (!isOver()) void ask();
      } else if (said.code === "card_invalid") mark(true);
      else if (said.code === "state_conflict") await ask();
      else {
        problem(said.detail || said.title || pay.dataset.failed);
        if (said.code === "order_expired") void ask();
      }
    } catch (offline) {
      problem(pay.dataset.offline);
    }
    sending = false;
    button.removeAttribute("aria-disabled");
    button.textContent = words;
  };
  pay.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!sending) void send(event.target);
  });
  if (card) {
    card.form.noValidate = true;
    /* Nothing moves when the field is left, or the button would slip away from under the finger. */
    card.addEventListener("blur", () => {
      const digits = digitsOf(card.value);
      if (/^[0-9]+$/.test(digits)) card.value = digits.replace(/(.{4})(?=.)/g, "$1 ");
    });
    card.addEventListener("input", () => { if (isCard(digitsOf(card.value))) mark(false); });
  }

  if (navigator.clipboard) {
    all("[data-copy]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy)
        .then(() => { say(""); say(pay.dataset.copied); button.classList.add("copied"); button.textContent = pay.dataset.copied; })
        .catch(() => { button.hidden = true; }));
    });
  }

  if (isOver()) return;
  tick();
  setInterval(tick, 500);
  listen();
  next = setTimeout(ask, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !isOver()) void ask(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("pagehide", close);
})();
