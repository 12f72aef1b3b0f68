/* What every page does in the browser: theme, zone, times, keys, copying, dialogs, toasts. Nothing here is needed to
   read a page or to send its form. */
(() => {
  "use strict";

  const root = document.documentElement;
  const language = root.lang || "ru";
  const words = document.getElementById("kit-words")?.dataset ?? {};
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(name + "="))?.slice(name.length + 1);
  const remember = (name, value) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  };

  /* Plural forms come as words.<key>One, …Few, …Many, …Other. */
  const plural = (key, count) => {
    const form = new Intl.PluralRules(language).select(count);
    const name = key + form[0].toUpperCase() + form.slice(1);
    return (words[name] ?? words[key + "Other"] ?? words[key + "Many"] ?? "").replace("{0}", new Intl.NumberFormat(language).format(count));
  };

  const say = (text) => {
    const region = document.getElementById("kit-announce");
    if (region) region.textContent = text;
  };

  const toast = (text, action) => {
    const line = document.createElement("div");
    line.className = "toast-line";
    line.append(Object.assign(document.createElement("span"), { textContent: text }));
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: action?.name ?? words.close });
    close.addEventListener("click", () => { line.remove(); action?.run(); });
    line.append(close);
    document.getElementById("kit-toasts")?.append(line);
    if (!action) setTimeout(() => line.matches(":hover, :focus-within") || line.remove(), 8000);
  };

  let asked = false;
  const signInAgain = () => {
    if (!asked) toast(words.sessionEnded, { name: words.signIn, run: () => location.reload() });
    asked = true;
  };

  /* Times: relative to now, exact on hover and focus, in the browser's zone or in the one that a page has for everybody. */
  const oneZone = root.dataset.oneZone;
  const zone = oneZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const exactly = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "long", timeZone: zone });
  const briefly = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: zone });
  const otherYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: zone });
  const inUtc = new Intl.DateTimeFormat("ru", { timeStyle: "medium", timeZone: "UTC" });
  const relatively = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  const relative = (then) => {
    const seconds = Math.round((then - Date.now()) / 1000);
    const ago = Math.abs(seconds);
    if (ago < 45) return words.now;
    if (ago < 45 * 60) return relatively.format(Math.round(seconds / 60), "minute");
    if (ago < 22 * 3600) return relatively.format(Math.round(seconds / 3600), "hour");
    return (new Date(then).getFullYear() === new Date().getFullYear() ? briefly : otherYear).format(then);
  };
  const writeTimes = (within = document) => {
    for (const time of $$("time[data-exact]", within)) {
      const then = Date.parse(time.dateTime);
      const text = relative(then);
      if (time.textContent !== text) time.textContent = text;
      time.dataset.exact = exactly.format(then) + (oneZone ? ` · ${inUtc.format(then)} UTC` : "");
    }
  };

  const rememberZone = () => {
    if (!zone || oneZone || decodeURIComponent(cookie("darvoza_zone") ?? "") === zone) return;
    remember("darvoza_zone", zone);
    const named = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "long" }).formatToParts();
    const name = named.find((part) => part.type === "timeZoneName")?.value ?? zone;
    $$("[data-zone]").forEach((place) => { place.textContent = name; });
  };

  const chooseTheme = (link) => {
    const theme = link.dataset.themeChoice;
    remember("darvoza_theme", theme);
    root.dataset.theme = theme;
    $$("a[data-theme-choice]").forEach((other) => other.toggleAttribute("aria-current", false));
    link.setAttribute("aria-current", "true");
  };

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(words.copied);
      const label = button.querySelector("[data-copy-label]");
      if (!label) return;
      const before = label.textContent;
      label.textContent = words.copied;
      setTimeout(() => { label.textContent = before; }, 2000);
    } catch {
      getSelection()?.selectAllChildren(document.getElementById(button.dataset.copyFrom) ?? button);
    }
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const theme = target?.closest("a[data-theme-choice]");
    const copies = target?.closest("[data-copy]");
    const opens = target?.closest("[data-dialog]");
    if (theme) { event.preventDefault(); chooseTheme(theme); }
    if (copies) void copy(copies);
    if (opens) { event.preventDefault(); document.getElementById(opens.dataset.dialog)?.showModal(); }
    for (const menu of $$("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  });

  /* A double click sends once; a page from the back button may send again. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault(); else form.dataset.sent = "true";
  });
  addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => delete form.dataset.sent));

  /* Keys: single letters only while nothing is typed into and no dialog is open. */
  const busy = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog");
  const step = (by) => {
    const rows = $$("[data-row] .row-title");
    if (!rows.length) return;
    const at = rows.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  /* By place on the keyboard for letters, so that a Russian layout works alike; by character for signs. */
  const keys = { KeyJ: () => step(1), KeyK: () => step(-1) };
  const signs = {
    "?": () => document.getElementById("kit-keys")?.showModal(),
    "/": () => document.querySelector("[data-search]")?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenu();
    if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
    /* On a Russian layout the sign of the same key is a comma or a full stop. */
    const sign = signs[event.key] ?? (event.code === "Slash" ? signs[event.shiftKey ? "?" : "/"] : undefined);
    const act = sign ?? (event.shiftKey ? undefined : keys[event.code]);
    if (act) { event.preventDefault(); act(); }
  });
  const closeMenu = () => {
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  };

  document.addEventListener("htmx:afterSettle", (event) => writeTimes(event.target instanceof Element ? event.target.parentElement ?? document : document));
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status === 401) signInAgain(); });

  writeTimes();
  setInterval(writeTimes, 30_000);
  rememberZone();
  document.querySelector("[data-error-summary]")?.focus();

  window.darvoza = Object.freeze({ language, words, plural, say, toast, signInAgain, writeTimes });
})();
