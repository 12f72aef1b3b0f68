/* What a work queue does in the browser beside the kit: keys of commands, the clock of waiting rows, the heartbeat of a claim,
   marks that survive a refresh, alerts that a person has turned on. Nothing here is needed to read the queue or to decide. */
(() => {
  "use strict";

  const words = document.getElementById("desk-words")?.dataset;
  if (!words || !window.darvoza) return;
  const { language, toast, say } = window.darvoza;
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* Addresses without what was left empty */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-brief]")) return;
    $$("input, select", event.target).filter((field) => field.value.trim() === "").forEach((field) => { field.disabled = true; });
  });
  addEventListener("pageshow", () => $$("form[data-brief] :disabled").forEach((field) => { field.disabled = false; }));

  /* Keys: by place on the keyboard, so that a Russian layout works alike. A key opens its form or presses its button. */
  const busy = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
    if (event.code === "Slash" && !event.shiftKey) {
      const filters = document.querySelector("[data-search]")?.closest("details");
      if (filters) filters.open = true;
      return;
    }
    const act = event.shiftKey ? null : document.querySelector(`[data-key="${event.code}"]`);
    if (!act) return;
    event.preventDefault();
    if (act.tagName !== "SUMMARY") { act.click(); return; }
    act.parentElement.open = true;
    act.parentElement.querySelector("input:not([type=hidden]), select, textarea, button").focus();
  }, true);

  /* Waiting: in time, due soon, overdue */
  const turn = (status, tone, icon, word) => {
    status.classList.remove("status-ok", "status-wait", "status-bad");
    status.classList.add("status-" + tone);
    status.querySelector("use").setAttribute("href", words.icons + "#" + icon);
    status.querySelector("[data-patience-word]").textContent = word;
  };
  const tick = () => {
    for (const status of $$("[data-patience][data-late-at]")) {
      const now = Date.now();
      if (now >= Date.parse(status.dataset.lateAt)) { turn(status, "bad", "alert", words.late); delete status.dataset.lateAt; }
      else if (now >= Date.parse(status.dataset.soonAt)) turn(status, "wait", "clock", words.soon);
    }
  };
  setInterval(tick, 5_000);

  /* Marks for bulk commands */
  let marked = new Set();
  const marks = () => $$("input[name=uid][form=bulk]");
  const count = () => {
    const chosen = marks().filter((mark) => mark.checked);
    const label = document.querySelector("[data-bulk-count]");
    if (label) { label.dataset.plain ??= label.textContent; label.textContent = chosen.length ? words.marked.replace("{0}", chosen.length) : label.dataset.plain; }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-mark-all]")) marks().forEach((mark) => { mark.checked = event.target.checked; });
    if (event.target.matches("[data-mark-all], input[name=uid]")) count();
  });
  document.addEventListener("htmx:beforeSwap", () => { marked = new Set(marks().filter((mark) => mark.checked).map((mark) => mark.value)); });
  document.addEventListener("htmx:afterSettle", () => {
    marks().filter((mark) => marked.has(mark.value)).forEach((mark) => { mark.checked = true; });
    count();
    tick();
    standing();
  });

  /* Title and count go with the list, and with every row that changes. */
  const waiting = (number) => {
    const place = document.getElementById("desk-waiting");
    if (!place) return;
    const form = new Intl.PluralRules(language).select(number);
    const text = words["waiting" + form[0].toUpperCase() + form.slice(1)] ?? words.waitingOther ?? words.waitingMany;
    place.textContent = text.replace("{0}", new Intl.NumberFormat(language).format(number));
    document.title = (number ? words.titleCount.replace("{0}", number) : words.title) + " · Darvoza";
  };
  document.addEventListener("darvoza:waiting", (event) => {
    const list = document.querySelector("[data-waiting][data-live]");
    if (list) list.dataset.waiting = event.detail.count;
    waiting(event.detail.count);
  });

  /* An open order tells when it is not what its forms were made for. */
  const standing = () => {
    const list = document.querySelector("[data-waiting][data-live]");
    if (list) waiting(Number(list.dataset.waiting));
    const acts = document.querySelector(".acts[data-version]");
    const live = document.querySelector("[data-live][data-version]");
    const changed = document.getElementById("changed");
    if (acts && live && changed.hidden && acts.dataset.version !== live.dataset.version) { changed.hidden = false; say(words.changed); }
  };

  /* The claim lives as long as somebody has the page open. */
  const held = document.querySelector(".acts[data-mine]")?.dataset.mine;
  const beat = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(`/v1/payments/ops/orders/${held}/heartbeat`, { method: "POST", headers: { Accept: "application/json" } });
      if (answer.ok || answer.status >= 500 || answer.status === 429) return;
      clearInterval(pulse);
      toast(words.lost);
    } catch { /* the next one may come through */ }
  };
  const pulse = held ? setInterval(beat, 30_000) : null;
  if (held) { void beat(); document.addEventListener("visibilitychange", () => void beat()); }

  /* A number that was shown does not stay. */
  for (const shown of $$("[data-hide]")) {
    setTimeout(() => { shown.textContent = words.hidden; say(words.hidden); }, Number(shown.dataset.hide) * 1000);
  }

  /* Alerts, off until turned on; remembered by this browser */
  const key = (kind) => "darvoza.alert." + kind;
  const wants = (kind) => localStorage.getItem(key(kind)) === "on";
  const beep = () => {
    const audio = new AudioContext();
    [880, 1174].forEach((pitch, at) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.12, audio.currentTime + at * 0.16);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at * 0.16 + 0.15);
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + at * 0.16);
      tone.stop(audio.currentTime + at * 0.16 + 0.16);
    });
    setTimeout(() => void audio.close(), 1000);
  };
  const note = (text) => {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    const shown = new Notification("Darvoza", { body: text, tag: "darvoza-queue" });
    shown.addEventListener("click", () => { window.focus(); shown.close(); });
  };
  const alertOf = (text) => {
    if (wants("sound")) beep();
    if (wants("note")) note(text);
  };
  for (const choice of $$("[data-alert]")) {
    choice.checked = wants(choice.dataset.alert);
    choice.addEventListener("change", async () => {
      if (choice.checked && choice.dataset.alert === "note" && (!("Notification" in window) || await Notification.requestPermission() !== "granted")) {
        choice.checked = false;
        toast(words.denied);
      }
      localStorage.setItem(key(choice.dataset.alert), choice.checked ? "on" : "off");
    });
  }
  document.querySelector("[data-alert-test]")?.addEventListener("click", () => { beep(); note(words.test); toast(words.test); });
  const region = document.querySelector("[data-live-new-type]");
  document.addEventListener("darvoza:live", (live) => {
    const { type, event } = live.detail;
    if (!region?.dataset.liveNewType.split(" ").includes(type)) return;
    const money = ({ amount, currency }) => new Intl.NumberFormat(language, { style: "currency", currencyDisplay: "narrowSymbol", currency }).format(Number(amount));
    alertOf(words.new.replace("{0}", event.order ? money(event.order) : ""));
  });
})();
