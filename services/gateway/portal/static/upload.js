/* Large files in pieces (tus 1.0): a line that breaks costs the last piece. Without this script the form sends as ever. */
(function () {
  "use strict";
  const PIECE = 1024 * 1024, SMALL = 2 * PIECE, TRIES = 8, BUSY = 429;
  const wait = seconds => new Promise(done => setTimeout(done, seconds * 1000));
  const coded = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const percent = (offset, size) => Math.floor(offset / size * 100);
  const remembered = { // private windows and full storage may refuse: then an upload begins anew after a reload
    get: key => { try { return localStorage.getItem(key); } catch (_) { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch (_) { /* as above */ } },
    drop: key => { try { localStorage.removeItem(key); } catch (_) { /* as above */ } },
    keys: start => { try { return Object.keys(localStorage).filter(key => key.startsWith(start)); } catch (_) { return []; } },
  };

  // `Accept` says that the script asks: an ended session leaves its cookie, and the refusal comes as JSON.
  async function ask(form, method, address, headers, body) {
    const own = { Accept: "application/json", "Tus-Resumable": "1.0.0", "X-CSRF-Token": form.elements.csrf_token.value };
    return fetch(address, { method, headers: { ...own, ...headers }, body });
  }

  // What stops an upload: `signIn` when only the session is over, or another one has begun since this page was made.
  async function refused(answer) {
    const told = await answer.json().catch(() => ({}));
    const signIn = answer.status === 401 || told.code === "csrf";
    return Object.assign(new Error("refused"), { refused: true, detail: told.detail, signIn, over: answer.status === 401 });
  }

  const passing = answer => answer.status === 409 || answer.status === BUSY || answer.status >= 500;
  const asked = async answer => { if (answer.status === BUSY) await wait(Number(answer.headers.get("Retry-After")) || 5); };

  // Where the upload goes on: one that was begun before with the same file, or a new one.
  async function begun(form, file, key) {
    const before = remembered.get(key);
    if (before) {
      const told = await ask(form, "HEAD", before, {});
      if (told.ok) return { place: before, offset: Number(told.headers.get("Upload-Offset")), done: told.headers.get("Document-Id") };
      if (passing(told)) { await asked(told); throw new Error(told.status); }
      if (told.status === 401) throw await refused(told); // an answer to HEAD has no body to read
      remembered.drop(key);
    }
    const about = { subject: form.dataset.subject, kind: "attachment", rule: form.dataset.rule, filename: file.name };
    const metadata = Object.entries(about).map(([name, value]) => `${name} ${coded(value)}`).join(",");
    const told = await ask(form, "POST", form.dataset.pieces, { "Upload-Length": String(file.size), "Upload-Metadata": metadata });
    if (passing(told)) { await asked(told); throw new Error(told.status); }
    if (!told.ok) throw await refused(told);
    remembered.set(key, told.headers.get("Location"));
    return { place: told.headers.get("Location"), offset: 0, done: null };
  }

  const name = form => `upload:${form.dataset.subject}:${form.dataset.rule}:`;

  // The document's id, when all of the file has come. `come(offset)` hears how far it is, `broke()` of a line that broke.
  async function send(form, file, come, broke) {
    const key = `${name(form)}${file.size}:${file.lastModified}:${file.name}`;
    let failed = 0;
    for (;;) {
      try {
        let { place, offset, done } = await begun(form, file, key);
        while (!done) {
          come(offset);
          const piece = file.slice(offset, offset + PIECE);
          const told = await ask(form, "PATCH", place, { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" }, piece);
          if (told.ok) { offset = Number(told.headers.get("Upload-Offset")); done = told.headers.get("Document-Id"); failed = 0; continue; }
          if (passing(told)) { await asked(told); throw new Error(told.status); } // somewhere else, or away for a moment: ask where we are
          throw await refused(told);
        }
        remembered.drop(key);
        return done;
      } catch (error) {
        if (error.refused && !error.signIn) remembered.drop(key);
        if (error.refused || ++failed > TRIES) throw error;
        broke();
        await wait(Math.min(30, 2 ** failed));
      }
    }
  }

  // What was left in the middle on this page before: said, so that nobody begins anew.
  async function left(form, say) {
    for (const key of remembered.keys(name(form))) {
      const told = await ask(form, "HEAD", remembered.get(key), {}).catch(() => null);
      if (told && (told.status === 404 || told.status === 410)) remembered.drop(key);
      if (!told || !told.ok) continue;
      const size = Number(told.headers.get("Upload-Length")), file = key.slice(name(form).length).split(":").slice(2).join(":");
      say(form.dataset.left.replace("{n}", percent(Number(told.headers.get("Upload-Offset")), size)).replace("{file}", () => file));
    }
  }

  document.querySelectorAll("form[data-pieces]").forEach(form => {
    const words = form.dataset, field = form.querySelector("input[type=file]"), state = form.querySelector("[role=status]"), bar = form.querySelector("progress");
    const say = text => { if (state.textContent !== text) state.textContent = text; };
    const come = size => offset => { // the bar moves with each piece; the words, which are read aloud, with each tenth
      bar.hidden = false; bar.value = percent(offset, size);
      say(words.coming.replace("{n}", bar.value - bar.value % 10));
    };
    const stopped = error => {
      state.classList.toggle("err", !error.signIn);
      if (!error.signIn) { say(error.detail || words.failed); return; }
      say(error.over ? words.over : words.old);
      const way = document.createElement("a");
      way.href = error.over ? words.signIn : words.page;
      way.textContent = error.over ? words.signInText : words.oldText;
      state.append(" ", way);
    };
    left(form, say);
    addEventListener("pageshow", event => { if (event.persisted) location.reload(); }); // out of the browser's memory: as it was in the middle of sending
    form.addEventListener("submit", async event => {
      const file = field.files[0];
      if (!file || file.size < SMALL) return;
      event.preventDefault(); event.stopPropagation();
      if (form.dataset.sending) return;
      form.dataset.sending = "1"; form.setAttribute("aria-busy", "true"); state.classList.remove("err");
      try {
        form.elements.document_id.value = await send(form, file, come(file.size), () => say(words.broken));
        field.disabled = true; // what has been sent in pieces is not sent once more
        form.enctype = "application/x-www-form-urlencoded"; form.action = form.dataset.done;
        HTMLFormElement.prototype.submit.call(form);
      } catch (error) {
        stopped(error);
        delete form.dataset.sending; form.removeAttribute("aria-busy");
      }
    });
  });
})();
