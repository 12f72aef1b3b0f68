/* The live region: one connection per visible tab to /v1/events, or to another stream (data-live-src) that goes on behind
   the place at which the page was made (data-live-place). A region names the events it follows (data-live), where in an
   event its subject stands (data-live-subject), where a row comes from (data-live-row, with {subject}) and how its id begins
   (data-live-id); without data-live-row it is fetched whole when its only row, data-live-id, changes. Rows that are new are
   counted, or come at once (data-live-at-once). Without a connection the region is fetched anew every data-live-poll seconds.

   The stream is read by fetch, not by EventSource: that one hides comments, so a dead connection would look alive, and
   forgets its place as soon as somebody else than itself reconnects. */
(() => {
  "use strict";

  const region = document.querySelector("[data-live]");
  if (!region || !window.htmx || !window.darvoza) return;
  const { words, plural, say, signInAgain, language } = window.darvoza;

  const SILENCE = 45_000; /* two heartbeats of 20 s and a little */
  const HIDDEN = 60_000; /* a browser allows six connections per host: a tab nobody looks at gives its own back */
  const WAITS = [1_000, 2_000, 5_000, 10_000, 30_000];
  const POLL = Number(region.dataset.livePoll ?? 20) * 1000;

  const wordsOf = (text) => new Set((text ?? "").split(/\s+/));
  const types = wordsOf(region.dataset.live);
  const newTypes = wordsOf(region.dataset.liveNewType);
  const source = region.dataset.liveSrc ?? "/v1/events";
  const subjectOf = (event) => String((region.dataset.liveSubject ?? "subject").split(".").reduce((at, name) => at?.[name], event));
  const badge = document.querySelector("[data-live-badge]");
  const more = document.querySelector("[data-live-new]");
  const row = (subject) => document.getElementById(region.dataset.liveId + subject);

  /* The connection */
  let stream = null;
  let place = region.dataset.livePlace ?? null;
  let heard = Date.now();
  let failures = 0;
  let signedOut = false;

  const show = (state) => {
    if (!badge || badge.dataset.state === state) return;
    badge.dataset.state = state;
    const since = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(heard);
    badge.textContent = { live: words.live, reconnecting: words.reconnecting, stale: words.stale.replace("{0}", since) }[state];
  };

  const close = () => { stream?.abort(); stream = null; };

  const lost = (mine, seconds) => {
    if (mine !== stream) return;
    stream = null;
    show(Date.now() - heard > SILENCE ? "stale" : "reconnecting");
    const wait = seconds ? seconds * 1000 : WAITS[Math.min(failures, WAITS.length - 1)] * (0.75 + Math.random() / 2);
    failures += 1;
    setTimeout(() => { if (!stream) void open(); }, wait);
  };

  const open = async () => {
    if (signedOut || document.hidden) return;
    const mine = new AbortController();
    stream = mine;
    let seconds = 0;
    try {
      const headers = { Accept: "text/event-stream", ...(place === null ? {} : { "Last-Event-ID": place }) };
      const answer = await fetch(source, { headers, signal: mine.signal, cache: "no-store" });
      if (answer.status === 401) { endSession(); return; }
      seconds = Number(answer.headers.get("Retry-After"));
      if (answer.ok) await read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch { /* whatever broke it, it is lost */ }
    lost(mine, seconds);
  };

  const read = async (reader) => {
    let rest = "";
    for (let block = await reader.read(); !block.done; block = await reader.read()) {
      heard = Date.now();
      failures = 0;
      show("live");
      const messages = (rest + block.value).replaceAll("\r\n", "\n").split("\n\n");
      rest = messages.pop();
      messages.forEach(take);
    }
  };

  /* One message of the stream; the place counts also when there is nothing else in it. */
  const take = (message) => {
    let type = "message";
    const data = [];
    for (const line of message.split("\n")) {
      const colon = line.indexOf(":");
      if (colon === 0) continue;
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (name === "id") place = value;
      if (name === "event") type = value;
      if (name === "data") data.push(value);
    }
    if (type === "resync") void refresh();
    if (data.length && types.has(type)) follow(type, data.join("\n"));
  };

  /* The list */
  let unseen = 0;

  /* Fetches what the address shows now and replaces the list alone, so nothing else moves. */
  const refresh = () => {
    if (signedOut || document.hidden) return Promise.resolve();
    unseen = 0;
    if (more) more.hidden = true;
    const here = "#" + region.id;
    return htmx.ajax("GET", location.pathname + location.search, { target: here, select: here, swap: "outerHTML" });
  };

  const flash = (subject) => {
    const changed = row(subject);
    if (!changed) return;
    changed.classList.add("row-flash");
    setTimeout(() => changed.classList.remove("row-flash"), 2500);
    if (changed.dataset.announce) say(changed.dataset.announce);
  };

  const fetchRow = async (subject) => {
    const target = row(subject);
    const address = region.dataset.liveRow.replace("{subject}", encodeURIComponent(subject));
    const hadFocus = target.contains(document.activeElement);
    await htmx.ajax("GET", address, { target, swap: "outerHTML" });
    if (hadFocus) row(subject)?.querySelector(".row-title")?.focus();
    flash(subject);
  };

  /* A row that is not shown may be on its way, uploaded by this very page: count it only if it does not come. */
  const countUnseen = (subject) => setTimeout(() => {
    if (row(subject) || !more) return;
    unseen += 1;
    more.hidden = false;
    more.textContent = plural("new", unseen);
    say(more.textContent);
  }, 1500);

  /* New rows of a queue stand at its end, so nothing moves under the pointer; many at once are one fetch. */
  let joining = null;
  const join = () => {
    joining ??= setTimeout(() => { joining = null; void refresh(); }, 200);
  };

  const waiting = new Map();
  const follow = (type, data) => {
    let event;
    try { event = JSON.parse(data); } catch { void refresh(); return; }
    const subject = subjectOf(event);
    document.dispatchEvent(new CustomEvent("darvoza:live", { detail: { type, event, subject } }));
    clearTimeout(waiting.get(subject));
    waiting.set(subject, setTimeout(() => {
      waiting.delete(subject);
      if (row(subject)) void (region.dataset.liveRow ? fetchRow(subject) : refresh());
      else if (newTypes.has(type)) (region.dataset.liveAtOnce === undefined ? countUnseen : join)(subject);
    }, 150));
  };

  const showNew = async () => {
    const first = more.dataset.liveFirst;
    if (first) { location.assign(first); return; }
    await refresh();
    document.querySelector("#" + region.id + " .row-title")?.focus();
  };

  const endSession = () => {
    if (signedOut) return;
    signedOut = true;
    close();
    show("stale");
    signInAgain();
  };

  let hiddenAt = 0;
  const lookAround = () => {
    if (document.hidden) { hiddenAt = Date.now(); return; }
    if (!stream) { show("reconnecting"); void open(); }
  };
  const watch = () => {
    if (document.hidden && Date.now() - hiddenAt > HIDDEN) close();
    if (document.hidden || Date.now() - heard <= SILENCE) return;
    show("stale");
    if (stream) { const silent = stream; silent.abort(); lost(silent); }
  };

  document.addEventListener("visibilitychange", lookAround);
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 401) endSession();
    if (status === 404) event.detail.target?.closest("[data-row]")?.remove();
  });
  addEventListener("online", lookAround);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) lookAround(); });
  more?.addEventListener("click", () => void showNew());
  setInterval(watch, 5_000);
  setInterval(() => { if (badge?.dataset.state !== "live") void refresh(); }, POLL);

  show("reconnecting");
  void open();
})();
