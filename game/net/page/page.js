/* Owns the phone's page while it follows the room: it shows what the server says, and sends what is tapped.
   It has no sentence of its own, makes every element with textContent, and works without https. */
(function () {
  "use strict";
  var words = document.body.dataset;
  var now = document.getElementById("now");
  var said = document.getElementById("said");
  var left = document.getElementById("left");
  var link = document.getElementById("link");
  var news = document.getElementById("news");
  var rev = "", sent = 0, drawn = "", announced = "", quiet = null, over = false, tried = false, kept = words.join === "-";
  var source = null, heard = 0, failures = 0, clock = null, later = null, sending = null;

  function make(tag, look, text) {
    var made = document.createElement(tag);
    if (look) { made.className = look; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function put(place, text) {
    if (place.textContent !== text) { place.textContent = text; }
  }

  function line(text, lost) {
    put(link, text);
    link.parentNode.className = lost ? "lost" : "";
  }

  var blocks = {
    says: function (block) {
      return make(block.look === "head" ? "h1" : "p", block.look, block.text);
    },
    pick: function (block) {
      var made = make("button", "pick");
      made.type = "submit";
      made.name = block.name;
      made.value = block.value;
      made.setAttribute("aria-pressed", block.on ? "true" : "false");
      made.appendChild(make("b", "letter", block.letter));
      made.appendChild(make("span", "", block.text));
      var tick = make("i", "tick", block.on ? "\u2713" : "");
      tick.setAttribute("aria-hidden", "true");
      made.appendChild(tick);
      return made;
    },
    send: function (block) {
      var made = make("button", "send", block.text);
      made.name = block.name;
      made.value = block.value;
      return made;
    },
    entry: function (block) {
      var whole = document.createDocumentFragment();
      var label = make("label", block.kind === "text" ? "soft" : "", block.label);
      var made = make(block.kind === "text" ? "textarea" : "input");
      made.id = label.htmlFor = "f-" + block.name;
      made.name = block.name;
      made.required = true;
      made.setAttribute("autocomplete", "off");
      if (block.kind === "number") {
        made.type = "number";
        made.min = block.value ? 0 : 1;
        made.max = block.most;
        made.setAttribute("inputmode", "numeric");
      } else {
        made.maxLength = block.most;
        if (block.kind === "text") { made.rows = 3; } else { made.setAttribute("autocapitalize", "characters"); }
      }
      made.value = block.value;
      whole.appendChild(label);
      whole.appendChild(made);
      return whole;
    },
    form: function (block) {
      var made = make("form");
      made.method = "post";
      made.setAttribute("action", block.to);
      Object.keys(block.fields).forEach(function (name) {
        var field = make("input");
        field.type = "hidden";
        field.name = name;
        field.value = block.fields[name];
        made.appendChild(field);
      });
      block.parts.forEach(function (part) { made.appendChild(blocks[part.is](part)); });
      if (block.send) { made.appendChild(make("button", "send", block.send)); }
      if (!block.fold) { return made; }
      var fold = make("details");
      fold.appendChild(make("summary", "", block.fold));
      fold.appendChild(made);
      return fold;
    }
  };

  function keyOf(element) {
    return element && now.contains(element) ? element.name + "=" + (element.tagName === "BUTTON" ? element.value : "") : "";
  }

  function typed() {
    var kept = {};
    Array.prototype.forEach.call(now.querySelectorAll("form"), function (form) {
      var round = form.elements.namedItem("round");
      Array.prototype.forEach.call(form.elements, function (field) {
        if (field.value !== field.defaultValue && /^(text|number|textarea)$/.test(field.type)) {
          kept[(round ? round.value : "") + " " + field.name] = field.value;
        }
      });
    });
    return kept;
  }

  function draw(state, fresh) {
    var wanted = JSON.stringify(state.blocks);
    if (wanted === drawn && !fresh) { return; }
    drawn = wanted;
    var kept = fresh ? {} : typed();
    var focus = keyOf(document.activeElement);
    var open = now.querySelector("details[open]") !== null;
    now.textContent = "";
    state.blocks.forEach(function (block) { now.appendChild(blocks[block.is](block)); });
    var told = state.blocks.filter(function (block) {
      return block.look === "head" || block.look === "mine";
    }).map(function (block) { return block.text; }).join(" ");
    if (told !== announced) { announce(told); }
    Array.prototype.forEach.call(now.querySelectorAll("form"), function (form) {
      var round = form.elements.namedItem("round");
      Array.prototype.forEach.call(form.elements, function (field) {
        var was = kept[(round ? round.value : "") + " " + field.name];
        if (was !== undefined) { field.value = was; }
        if (focus && keyOf(field) === focus) { field.focus(); }
      });
    });
    if (open && now.querySelector("details")) { now.querySelector("details").open = true; }
  }

  function announce(told) {
    put(news, told);
    clearTimeout(quiet);
    quiet = setTimeout(function () { put(news, ""); }, 1500);
    announced = told;
  }

  function older(next) {
    var a = rev.split("."), b = next.split(".");
    return a.length === 3 && b[0] === a[0] && (+b[1] < +a[1] || (+b[1] === +a[1] && +b[2] < +a[2]));
  }

  function show(state, fresh) {
    if (state.rev === undefined || older(state.rev)) { return; }
    alive();
    rev = state.rev;
    sent = state.sent;
    draw(state, fresh);
    if (!sending) { put(said, state.said); }
    document.body.className = state.dim ? "dim" : "";
    countDown(state.left);
    over = state.over;
    if (over) { line(words.lost); hangUp(); clearTimeout(later); }
  }

  function countDown(seconds) {
    clearInterval(clock);
    var until = Date.now() + seconds * 1000;
    function tick() {
      var rest = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      left.hidden = !(seconds && rest);
      put(left, left.hidden ? "" : Math.floor(rest / 60) + ":" + ("0" + (rest % 60)).slice(-2));
    }
    tick();
    if (seconds) { clock = setInterval(tick, 1000); }
  }

  function alive() {
    heard = Date.now();
    if (failures && sending && sending.later) { clearTimeout(sending.later); post(sending); }
    failures = 0;
    if (!over) { line(words.connected); }
  }

  function hangUp() {
    if (source) { source.close(); }
    source = null;
  }

  function trouble() {
    if (over) { return; }
    failures += 1;
    line(words.trying, true);
    clearTimeout(later);
    later = setTimeout(ask, Math.min(8000, 500 * failures) * (0.5 + Math.random()));
  }

  function fetched(method, path, body, done, failed) {
    var request = new XMLHttpRequest();
    request.open(method, path);
    request.timeout = 8000;
    request.setRequestHeader("Accept", "application/json");
    if (body) { request.setRequestHeader("Content-Type", "application/json"); }
    request.onload = function () {
      var state = {};
      try { state = JSON.parse(request.responseText); } catch (ignored) { state = {}; }
      done(request.status, state);
    };
    request.onerror = request.ontimeout = failed;
    request.send(body ? JSON.stringify(body) : null);
  }

  function ask() {
    fetched("GET", "/s?rev=" + encodeURIComponent(rev), null, function (status, state) {
      if (status === 401) { leftOut(); return; }
      if (status === 200) { show(state); hangUp(); }
      if (status === 200 || status === 204) { alive(); follow(); } else { trouble(); }
    }, trouble);
  }

  function leftOut() {
    hangUp();
    clearTimeout(later);
    if (tried && !kept) { line(words.cookies); } else { location.replace("/"); }
  }

  function follow() {
    clearTimeout(later);
    if (over) { return; }
    if (window.EventSource && (!source || source.readyState === 2)) {
      source = new EventSource("/e");
      source.onmessage = function (event) { kept = true; show(JSON.parse(event.data)); };
      source.addEventListener("beat", function () { heard = Date.now(); });
      source.onerror = function () { hangUp(); trouble(); };
    }
    later = setTimeout(ask, window.EventSource ? 30000 : 2000);
  }

  function join(code) {
    function again() {
      failures += 1;
      line(words.trying, true);
      clearTimeout(later);
      later = setTimeout(function () { join(code); }, Math.min(8000, 500 * failures) * (0.5 + Math.random()));
    }
    fetched("POST", "/j", { code: code }, function (status, state) {
      if (status === 200) { tried = true; show(state, true); ask(); }
      else if (state.rev !== undefined) { draw(state); put(said, state.said); line(""); }
      else { again(); }
    }, again);
  }

  function send(form, button) {
    var path = form.getAttribute("action"), body = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && field.tagName !== "BUTTON") { body[field.name] = field.value; }
    });
    if (button && button.name) { body[button.name] = button.value; }
    if (path === "/j") { join(body.code); return; }
    sent = Math.max(Date.now(), sent + 1);
    body.sent = sent;
    if (sending) { clearTimeout(sending.later); }
    sending = { body: body, path: path, tries: 0, later: 0 };
    put(said, words.sending);
    mark(button);
    post(sending);
  }

  function mark(going) {
    Array.prototype.forEach.call(now.querySelectorAll(".pick"), function (pick) {
      pick.className = pick === going ? "pick going" : "pick";
    });
  }

  function post(one) {
    function again() {
      if (sending !== one) { return; }
      one.tries += 1;
      line(words.trying, true);
      one.later = setTimeout(function () { post(one); }, Math.min(8000, 300 * one.tries) * (0.5 + Math.random()));
    }
    one.later = 0;
    fetched("POST", one.path, one.body, function (status, state) {
      if (sending !== one) { return; }
      if (status === 401) { sending = null; leftOut(); return; }
      if (state.rev === undefined && (status < 400 || status >= 500 || status === 408 || status === 429)) { again(); return; }
      sending = null;
      mark();
      if (state.rev === undefined) { put(said, ""); ask(); return; }
      show(state, status === 200);
      put(said, state.said);
    }, again);
  }

  document.addEventListener("submit", function (event) { event.preventDefault(); });
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button") : null;
    if (!button || !button.form) { return; }
    event.preventDefault();
    if (button.form.reportValidity()) { send(button.form, button); }
  });
  function back() {
    if (document.visibilityState !== "visible" || !(kept || tried)) { return; }
    if (Date.now() - heard > 5000) { hangUp(); }
    ask();
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) { back(); } });
  document.addEventListener("visibilitychange", back);
  if (kept) { ask(); } else if (words.join) { join(words.join); }
})();
