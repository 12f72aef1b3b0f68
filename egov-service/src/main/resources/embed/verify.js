// Adds a button «check with egov.kz» behind every input for an ИИН or a passport, and fills the person's empty name fields.
//   <script defer src="https://<suite>/egov/embed/verify.js"></script>                                     on the suite's own origin
//   <script defer src="https://<suite>/egov/embed/verify.js" data-token-url="/my/embed-token"></script>    on any other
// data-token-url is a POST of the host's own back end that hands through the answer of POST /v1/egov/embed/tokens.
// An input is found by its name or id; data-egov="iin", "passport" or "off" on it decides otherwise. data-egov-person on an element
// says that everything within is about one person. What comes from a server is only ever text. No style is set: buttons and results
// have the classes egov-check and egov-result, and data-button-class and data-result-class of the script add others.
(() => {
  "use strict";

  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const isHome = home === location.origin;
  const tokenUrl = script.dataset.tokenUrl;
  const LONGEST_MILLIS = 40000;

  const WORDS = {
    ru: {
      check: "Проверить через egov.kz", checking: "Проверяется…", verified: "Подтверждено", stale: "ответ получен раньше",
      filled: "имя заполнено", iin: "ИИН состоит из 12 цифр.", passport: "Номер: от 5 до 20 латинских букв и цифр.",
      signIn: "Проверка недоступна: войдите снова.", failed: "Не удалось проверить. Повторите позже.",
      offline: "Нет связи со службой проверки. Повторите позже."
    },
    kk: {
      check: "egov.kz арқылы тексеру", checking: "Тексерілуде…", verified: "Расталды", stale: "жауап бұрын алынған",
      filled: "аты толтырылды", iin: "ЖСН 12 саннан тұрады.", passport: "Нөмір: 5–20 латын әрпі мен сан.",
      signIn: "Тексеру қолжетімсіз: қайта кіріңіз.", failed: "Тексеру мүмкін болмады. Кейінірек қайталаңыз.",
      offline: "Тексеру қызметімен байланыс жоқ. Кейінірек қайталаңыз."
    },
    en: {
      check: "Check with egov.kz", checking: "Checking…", verified: "Confirmed", stale: "an earlier answer",
      filled: "name filled in", iin: "An IIN has 12 digits.", passport: "Number: 5 to 20 Latin letters and digits.",
      signIn: "Cannot check: sign in again.", failed: "Could not check. Try again later.",
      offline: "The checking service cannot be reached. Try again later."
    }
  };
  const language = (script.dataset.lang || document.documentElement.lang || "ru").slice(0, 2).toLowerCase();
  const words = WORDS[language] || WORDS.ru;

  const KINDS = {
    iin: { path: "/egov/ajax/verify-iin/", member: "iin", form: /^[0-9]{12}$/ },
    passport: { path: "/egov/ajax/verify-passport/", member: "passport_number", form: /^[A-Za-z0-9]{5,20}$/ }
  };
  // Of a passport, but not its number.
  const BESIDE = ["date", "issue", "issued", "issuer", "expiry", "expires", "valid", "until", "by", "scan", "file", "photo", "country", "type"];
  const NAMES = {
    whole: { autocomplete: "name", names: ["full_name", "fullname", "fio", "name"] },
    last: { autocomplete: "family-name", names: ["last_name", "lastname", "surname", "family_name"] },
    first: { autocomplete: "given-name", names: ["first_name", "firstname", "given_name"] },
    middle: { autocomplete: "additional-name", names: ["middle_name", "middlename", "patronymic"] }
  };

  const withBorders = name => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  const wordsOf = name => withBorders(name).split(/[^\p{L}]+/u).filter(Boolean);

  function kindOf(input) {
    const said = input.dataset.egov;
    if (said) return KINDS[said] ? said : null;
    if (!["text", "tel", "search"].includes(input.type) || input.readOnly) return null;
    for (const name of [input.name, input.id]) {
      const parts = wordsOf(name);
      if (parts.includes("iin") || parts.includes("иин")) return "iin";
      if (parts.includes("passport") && !parts.some(part => BESIDE.includes(part))) return "passport";
    }
    return null;
  }

  // Names

  function isFor(input, part) {
    if ((input.autocomplete || "").split(" ").includes(part.autocomplete)) return true;
    // «guest_full_name» and «full_name_2» are full names, too; «username» and «organisation_name» are none.
    return [input.name, input.id].some(name => {
      const plain = wordsOf(name).join("_");
      return part.names.some(known => plain === known || (known !== "name" && plain.endsWith("_" + known)));
    });
  }

  function nameFields(around) {
    const inputs = [...around.querySelectorAll("input")].filter(input => ["text", "search"].includes(input.type));
    const fields = {};
    for (const [part, how] of Object.entries(NAMES)) fields[part] = inputs.filter(input => isFor(input, how));
    return fields;
  }

  // The nearest element with name fields, as long as it holds one person only.
  function personAround(input, kind) {
    for (let around = input.parentElement; around && around !== document.body; around = around.parentElement) {
      if ([...around.querySelectorAll("input")].filter(other => kindOf(other) === kind).length > 1) return null;
      const fields = nameFields(around);
      if (Object.values(fields).some(found => found.length)) return fields;
      if (around.matches("form, [data-egov-person]")) return null;
    }
    return null;
  }

  function fill(inputs, value) {
    const empty = value ? inputs.filter(input => !input.value.trim() && !input.readOnly && !input.disabled) : [];
    for (const input of empty) {
      input.value = value;
      for (const event of ["input", "change"]) input.dispatchEvent(new Event(event, { bubbles: true }));
    }
    return empty.length > 0;
  }

  function fillNames(input, kind, fullName) {
    const fields = fullName && personAround(input, kind);
    if (!fields) return false;
    // Registers write: family name, given name, patronymic.
    const [last, first, ...others] = fullName.trim().split(/\s+/);
    return [
      fill(fields.whole, fullName),
      fill(fields.last, last),
      fill(fields.first, first),
      fill(fields.middle, others.join(" "))
    ].includes(true);
  }

  // Asking

  let held = null;

  function token(fresh) {
    if (!held || fresh) {
      const asked = fetch(tokenUrl, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" } })
        .then(answer => answer.ok ? answer.json() : Promise.reject(new Error("no token")))
        .then(body => body.token);
      held = asked;
      asked.catch(() => { if (held === asked) held = null; });
    }
    return held;
  }

  async function ask(kind, number, again) {
    const headers = {
      "Content-Type": "application/json",
      "Accept": "application/json, application/problem+json",
      "Accept-Language": WORDS[language] ? language : "ru"
    };
    if (!isHome) headers["X-Embed-Token"] = await token(again);
    const answer = await fetch(home + KINDS[kind].path, {
      method: "POST",
      credentials: isHome ? "same-origin" : "omit",
      redirect: "error",
      headers,
      body: JSON.stringify({ [KINDS[kind].member]: number }),
      signal: AbortSignal.timeout(LONGEST_MILLIS)
    });
    if (answer.status === 401 && !isHome && !again) return ask(kind, number, true);
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  }

  function verdict(answer, input, kind) {
    const body = answer.body || {};
    if (answer.status === 401 || answer.status === 403) return { state: "failed", text: words.signIn };
    if (body.success !== true) {
      const isFailure = answer.status !== 200 || ["failed", "pending"].includes(body.status);
      return { state: isFailure ? "failed" : "invalid", text: String(body.error || body.detail || words.failed) };
    }
    const name = body.data && typeof body.data.full_name === "string" ? body.data.full_name : "";
    const notes = [body.stale ? words.stale : "", fillNames(input, kind, name) ? words.filled : ""].filter(Boolean);
    const text = words.verified + (name ? ": " + name : "") + (notes.length ? " (" + notes.join(", ") + ")" : "");
    return { state: "verified", text };
  }

  // Buttons

  let count = 0;

  function add(input, kind) {
    const button = document.createElement("button");
    const result = document.createElement("span");
    const id = "egov-" + (++count);
    button.type = "button";
    button.id = id;
    button.className = ("egov-check " + (script.dataset.buttonClass || "")).trim();
    button.textContent = words.check;
    const label = input.labels && input.labels[0];
    if (label) {
      label.id = label.id || id + "-label";
      button.setAttribute("aria-labelledby", id + " " + label.id);
    }
    result.id = id + "-result";
    result.className = ("egov-result " + (script.dataset.resultClass || "")).trim();
    result.setAttribute("role", "status");
    input.setAttribute("aria-describedby", ((input.getAttribute("aria-describedby") || "") + " " + result.id).trim());

    const tell = (state, text) => {
      result.dataset.state = state;
      result.textContent = text;
      if (state === "invalid") input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    };
    const number = () => input.value.replace(/[\s-]/g, "");
    input.addEventListener("input", () => tell("", ""));
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      const asked = number();
      if (!KINDS[kind].form.test(asked)) {
        tell("invalid", words[kind]);
        input.focus();
        return;
      }
      button.setAttribute("aria-disabled", "true");
      tell("checking", words.checking);
      try {
        const answer = await ask(kind, asked);
        // What was typed meanwhile was not asked about.
        if (number() === asked) {
          const found = verdict(answer, input, kind);
          tell(found.state, found.text);
        }
      } catch {
        if (number() === asked) tell("failed", words.offline);
      } finally {
        button.removeAttribute("aria-disabled");
      }
    });
    // Not into a label: a click on the button would go to the input.
    (input.closest("label") || input).after(button, result);
  }

  const known = new WeakSet();

  function look(around) {
    for (const input of around.querySelectorAll("input")) {
      const kind = known.has(input) ? null : kindOf(input);
      if (kind) {
        known.add(input);
        add(input, kind);
      }
    }
  }

  function start() {
    if (!isHome && !tokenUrl) {
      console.error("verify.js: data-token-url is missing");
      return;
    }
    look(document);
    new MutationObserver(changes => {
      if (changes.some(change => change.addedNodes.length)) look(document);
    }).observe(document.body, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
