/* Large files in pieces (tus 1.0): a line that breaks costs the last piece. Without this script the form sends as ever. */
(function () {
  "use strict";
  const PIECE = 1024 * 1024, SMALL = 2 * PIECE, TRIES = 8, words = document.body.dataset;
  const wait = seconds => new Promise(done => setTimeout(done, seconds * 1000));
  const coded = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const remembered = { // private windows and full storage may refuse: then an upload begins anew after a reload
    get: key => { try { return localStorage.getItem(key); } catch (_) { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch (_) { /* as above */ } },
    drop: key => { try { localStorage.removeItem(key); } catch (_) { /* as above */ } },
  };

  async function ask(form, method, address, headers, body) {
    const own = { "Tus-Resumable": "1.0.0", "X-CSRF-Token": form.elements.csrf_token.value };
    return fetch(address, { method, headers: { ...own, ...headers }, body });
  }

  // Where the upload goes on: one that was begun before with the same file, or a new one.
  async function begun(form, file, key) {
    const before = remembered.get(key);
    if (before) {
      const told = await ask(form, "HEAD", before, {});
      if (told.ok) return { place: before, offset: Number(told.headers.get("Upload-Offset")), done: told.headers.get("Document-Id") };
      remembered.drop(key);
    }
    const about = { subject: form.dataset.subject, kind: "attachment", rule: form.dataset.rule, filename: file.name };
    const metadata = Object.entries(about).map(([name, value]) => `${name} ${coded(value)}`).join(",");
    const told = await ask(form, "POST", form.dataset.pieces, { "Upload-Length": String(file.size), "Upload-Metadata": metadata });
    if (!told.ok) throw Object.assign(new Error("refused"), { refusal: await told.json() });
    remembered.set(key, told.headers.get("Location"));
    return { place: told.headers.get("Location"), offset: 0, done: null };
  }

  async function send(form, file, say) {
    const key = `upload:${form.dataset.subject}:${form.dataset.rule}:${file.name}:${file.size}:${file.lastModified}`;
    let failed = 0;
    for (;;) {
      try {
        let { place, offset, done } = await begun(form, file, key);
        while (!done) {
          say(words.uploading.replace("{n}", Math.floor(offset / file.size * 100)));
          const piece = file.slice(offset, offset + PIECE);
          const told = await ask(form, "PATCH", place, { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" }, piece);
          if (told.ok) { offset = Number(told.headers.get("Upload-Offset")); done = told.headers.get("Document-Id"); failed = 0; continue; }
          if (told.status === 409 || told.status >= 500) throw new Error(told.status); // somewhere else, or away for a moment: ask where we are
          throw Object.assign(new Error("refused"), { refusal: await told.json() });
        }
        remembered.drop(key);
        return done;
      } catch (error) {
        if (error.refusal) { remembered.drop(key); throw error; }
        if (++failed > TRIES) throw error;
        say(words.uploadOffline);
        await wait(Math.min(30, 2 ** failed));
      }
    }
  }

  document.querySelectorAll("form[data-pieces]").forEach(form => {
    const field = form.querySelector("input[type=file]"), state = form.querySelector("[role=status]");
    const say = text => { state.hidden = false; state.textContent = text; };
    form.addEventListener("submit", async event => {
      const file = field.files[0];
      if (!file || file.size < SMALL || form.dataset.plain) return;
      event.preventDefault(); event.stopPropagation();
      if (form.dataset.sending) return;
      form.dataset.sending = "1"; form.setAttribute("aria-busy", "true");
      try {
        form.elements.document_id.value = await send(form, file, say);
        field.disabled = true; // what has been sent in pieces is not sent once more
        form.enctype = "application/x-www-form-urlencoded"; form.action = form.dataset.done;
        HTMLFormElement.prototype.submit.call(form);
      } catch (error) {
        say(error.refusal ? error.refusal.detail : words.uploadFailed);
        delete form.dataset.sending; form.removeAttribute("aria-busy");
      }
    });
  });
})();
