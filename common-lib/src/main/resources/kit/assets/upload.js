/* Uploads: a form with data-upload sends each file by itself, with progress, cancel and retry. Fields with data-part go
   as one JSON part «metadata» before the file. Without this script the form sends one file the plain way. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-upload]");
  if (!form || !window.darvoza) return;
  const { words, plural, say, toast, signInAgain, language } = window.darvoza;

  const AT_ONCE = 2;
  const limit = Number(form.dataset.maxBytes);
  const endings = form.dataset.endings.split(" ");
  const input = form.querySelector("input[type=file]");
  const pick = form.querySelector("[data-pick]");
  const drop = form.querySelector("[data-drop]");
  const queue = form.querySelector("[data-files]");
  const submit = form.querySelector("[type=submit]");
  const summary = document.getElementById(form.dataset.summary);
  const submitWord = submit.querySelector("[data-label]");
  const submitAlone = submitWord.textContent;
  const entries = new Set();

  const sizeWord = (bytes) => {
    const [word, unit] = bytes < 1e3 ? [words.sizeB, 1] : bytes < 1e6 ? [words.sizeKb, 1e3] : [words.sizeMb, 1e6];
    const digits = unit > 1 && bytes / unit < 10 ? 1 : 0;
    return word.replace("{0}", new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(bytes / unit));
  };
  const element = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  const refusal = (file) => {
    if (file.size === 0) return words.fileEmpty;
    if (file.size > limit) return words.fileTooLarge.replace("{0}", sizeWord(limit));
    if (!endings.some((ending) => file.name.toLowerCase().endsWith("." + ending))) return words.fileType;
    return null;
  };

  const paint = (entry, state, note) => {
    entry.state = state;
    entry.line.dataset.state = state;
    entry.note.textContent = note;
    entry.bar.hidden = state !== "sending";
    entry.away.hidden = state !== "failed";
    entry.button.textContent = { waiting: words.remove, sending: words.cancel, failed: words.retry, refused: words.remove, done: words.hide }[state];
    entry.button.setAttribute("aria-label", entry.button.textContent + ": " + entry.file.name);
    const waiting = [...entries].filter((other) => other.state === "waiting").length;
    submitWord.textContent = waiting ? plural("send", waiting) : submitAlone;
    if (state === "refused") entry.line.dataset.state = "failed";
  };

  const remove = (entry) => {
    entries.delete(entry);
    entry.line.remove();
    summarise();
    pick.focus();
  };

  const fail = (entry, note, state = "failed") => { entry.reason = note; paint(entry, state, note); };

  const act = (entry) => {
    if (entry.state === "sending") entry.request.abort();
    else if (entry.state === "failed") { paint(entry, "waiting", words.waiting); summarise(); entry.asked = true; pump(); }
    else remove(entry);
  };

  let number = 0;
  const add = (file) => {
    const line = element("li", "file");
    line.id = "file-" + (number += 1);
    line.tabIndex = -1;
    const facts = element("div", "");
    const note = element("div", "file-note");
    facts.append(element("div", "file-name", file.name), note);
    const button = Object.assign(element("button", "button button-quiet button-small"), { type: "button" });
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0, hidden: true });
    bar.setAttribute("aria-label", file.name);
    const away = Object.assign(element("button", "button button-quiet button-small", words.remove), { type: "button", hidden: true });
    away.setAttribute("aria-label", words.remove + ": " + file.name);
    const buttons = element("div", "file-buttons");
    buttons.append(away, button);
    line.append(facts, buttons, bar);
    queue.append(line);
    /* One key per file, kept over retries: a file that arrived although its answer was lost is not filed twice. */
    const entry = { file, line, note, button, away, bar, key: crypto.randomUUID?.() ?? randomKey() };
    entries.add(entry);
    button.addEventListener("click", () => act(entry));
    away.addEventListener("click", () => remove(entry));
    const refused = refusal(file);
    if (refused) fail(entry, refused, "refused"); else paint(entry, "waiting", sizeWord(file.size));
  };

  /* randomUUID is missing where the page came by plain http from another host than this machine. */
  const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const summarise = (focus = false) => {
    const bad = [...entries].filter((entry) => entry.line.dataset.state === "failed");
    summary.hidden = bad.length === 0;
    if (!bad.length) return;
    summary.querySelector("ul").replaceChildren(...bad.map((entry) => {
      const link = Object.assign(document.createElement("a"), { href: "#" + entry.line.id, textContent: entry.file.name + ": " + entry.reason });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    if (focus) summary.focus();
  };

  const problemText = (request) => {
    try {
      const problem = JSON.parse(request.responseText);
      const details = (problem.errors ?? []).map((error) => error.detail);
      const text = details.length ? details.join(" ") : problem.detail ?? problem.title;
      return problem.traceId ? `${text} (${words.trace} ${problem.traceId})` : text;
    } catch {
      return words.uploadFailed;
    }
  };

  const metadata = (file) => {
    const part = {};
    for (const field of form.querySelectorAll("[data-part]")) {
      const otherwise = field.dataset.fileName === undefined ? "" : file.name;
      const value = field.value.trim() || otherwise;
      if (value) part[field.dataset.part] = field.dataset.number === undefined ? value : Number(value);
    }
    return new Blob([JSON.stringify(part)], { type: "application/json" });
  };

  const send = (entry) => {
    const request = new XMLHttpRequest();
    entry.request = request;
    paint(entry, "sending", words.sending);
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("Idempotency-Key", entry.key);
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    request.upload.addEventListener("progress", (event) => {
      entry.bar.value = event.lengthComputable ? (event.loaded / event.total) * 100 : 0;
      entry.note.textContent = event.loaded === event.total ? words.checking : `${Math.floor(entry.bar.value)} %`;
    });
    request.addEventListener("load", () => settle(entry, request));
    request.addEventListener("error", () => fail(entry, words.offline));
    request.addEventListener("timeout", () => fail(entry, words.offline));
    request.addEventListener("abort", () => fail(entry, words.cancelled));
    request.addEventListener("loadend", () => { summarise(false); pump(); });
    const body = new FormData();
    body.append("metadata", metadata(entry.file));
    body.append("file", entry.file);
    request.send(body);
  };

  const settle = (entry, request) => {
    if (request.status === 401) { fail(entry, words.sessionEnded); signInAgain(); return; }
    if (request.status !== 201 && request.status !== 200) { fail(entry, problemText(request)); summarise(true); return; }
    paint(entry, "done", words.done);
    say(`${entry.file.name}: ${words.done}`);
    const id = JSON.parse(request.responseText)[form.dataset.id];
    document.dispatchEvent(new CustomEvent("darvoza:uploaded", { detail: { id, name: entry.file.name } }));
    void insert(id);
  };

  /* The new row goes to the top of the first page; where there is no list yet, the list is fetched as a whole. */
  const insert = (id) => {
    const rows = document.querySelector(form.dataset.rows);
    const region = "#" + form.dataset.region;
    if (document.getElementById(form.dataset.rowId + id)) return Promise.resolve();
    if (!rows || location.search) return htmx.ajax("GET", location.pathname + location.search, { target: region, select: region, swap: "outerHTML" });
    return htmx.ajax("GET", form.dataset.rowSrc.replace("{id}", encodeURIComponent(id)), { target: rows, swap: "afterbegin" });
  };

  const pump = () => {
    const sending = [...entries].filter((entry) => entry.state === "sending").length;
    [...entries].filter((entry) => entry.state === "waiting" && entry.asked).slice(0, Math.max(0, AT_ONCE - sending)).forEach(send);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const waiting = [...entries].filter((entry) => entry.state === "waiting");
    const missing = [...form.querySelectorAll("[data-part]")].find((field) => !field.checkValidity());
    if (missing) { missing.reportValidity(); return; }
    if (!waiting.length) { pick.focus(); say(words.chooseFile); toast(words.chooseFile); return; }
    waiting.forEach((entry) => { entry.asked = true; });
    pump();
  });

  const addAll = (files) => { [...files].forEach(add); summarise(true); };
  input.multiple = true;
  input.required = false;
  form.noValidate = true;
  /* The browser's own control shows one list of names, in the browser's language; the files are listed below anyway. */
  input.hidden = true;
  pick.hidden = false;
  pick.addEventListener("click", () => input.click());
  input.addEventListener("change", () => { addAll(input.files); input.value = ""; });

  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let depth = 0;
  const over = (by) => { depth = Math.max(0, depth + by); drop.toggleAttribute("data-over", depth > 0); };
  drop.addEventListener("dragenter", (event) => { if (carriesFiles(event)) { event.preventDefault(); over(1); } });
  drop.addEventListener("dragleave", () => over(-1));
  /* A file dropped beside the field must not replace the page. */
  document.addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over(-depth);
    if (drop.contains(event.target)) addAll(event.dataTransfer.files);
  });
  addEventListener("beforeunload", (event) => {
    if ([...entries].some((entry) => entry.state === "sending")) event.preventDefault();
  });
})();
