/** The look, as a constructed sheet: it needs no style-src. */

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host { display: block !important; block-size: var(--chat-height, min(44rem, 88dvh)); }
:host([mode=floating]) { position: fixed !important; inset: auto !important; inset-block-end: var(--chat-inset, 1rem) !important; inset-inline-end: var(--chat-inset, 1rem) !important; z-index: var(--chat-layer, 2147483000) !important; block-size: auto !important; inline-size: auto !important; }
:host([hidden]), [hidden] { display: none !important; }
.root, .launcher {
  all: initial; color-scheme: inherit;
  --ink: var(--chat-ink, light-dark(#20241f, #e9e7e0));
  --soft: var(--chat-soft, light-dark(#5a6059, #a9ada4));
  --paper: var(--chat-paper, light-dark(#fff, #191c1a));
  --tint: var(--chat-tint, light-dark(#f3f1ea, #232724));
  --line: var(--chat-line, light-dark(#ddd9cd, #3a3f3b));
  --accent: var(--chat-accent, light-dark(#0b6650, #7fd1b5));
  --on-accent: var(--chat-on-accent, light-dark(#fff, #0d1f19));
  --mark: var(--chat-mark, light-dark(#fdeaa8, #5c4a10));
  --question: var(--chat-question, var(--tint));
  --caution: var(--chat-caution, light-dark(#fff6e0, #2c2410));
  --alarm: light-dark(#a3211a, #ffaba2);
  font: 400 var(--chat-size, 1rem)/1.55 var(--chat-font, system-ui, sans-serif);
}
.root {
  display: flex; flex-direction: column; box-sizing: border-box; overflow: hidden;
  block-size: 100%; min-block-size: 26rem; max-block-size: 100dvh; container-type: inline-size;
  overflow-wrap: break-word; text-align: start;
  color: var(--ink); background: var(--paper);
  border: 1px solid var(--line); border-radius: var(--chat-radius, 1rem);
}
:host([mode=floating]) .root { inline-size: min(var(--chat-width, 26rem), 100dvi - 2rem); block-size: min(var(--chat-height, 42rem), 100dvb - 2rem); min-block-size: 0; box-shadow: var(--chat-shadow, 0 1rem 3rem rgb(0 0 0 / .25)); }
.launcher { cursor: pointer; color: var(--on-accent); background: var(--accent); border-color: transparent; border-radius: 2rem; padding: .7rem 1.3rem; font-weight: 650; box-shadow: var(--chat-shadow, 0 .4rem 1.2rem rgb(0 0 0 / .25)); }
* { box-sizing: border-box; }
h2, h3, h4, p, ol, ul, blockquote { margin: 0; padding: 0; font-size: inherit; }
h2, h3, h4, .label { font-weight: 650; }
ol, ul { padding-inline-start: 1.6rem; }
li + li, .answer > * + *, .passage > * + * { margin-block-start: .6rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
button { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: .75rem; padding: .2rem .7rem; min-block-size: 2rem; text-align: start; cursor: pointer; }
button:hover { border-color: var(--accent); }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.soft, small, .answer:has(.cite) .frame { color: var(--soft); }
.cite, small { font-size: .8125rem; font-weight: 400; }
.error { color: var(--alarm); }

.bar, .top, .row { display: flex; align-items: center; justify-content: space-between; gap: .6rem; }
.bar { min-block-size: 3.5rem; padding-block: .5rem; padding-inline: 1.25rem .6rem; border-block-end: 1px solid var(--line); }
.bar h2 { flex: 1; font-family: var(--chat-heading-font, inherit); }
.bar button { font-size: .875rem; }
.body { flex: 1; overflow: hidden; display: flex; flex-direction: column; }
.log { flex: 1; min-block-size: min(7rem, 100%); padding: 1.25rem; container-type: size; }
.log, .passage, .pinned { overflow: auto; outline-offset: -2px; overscroll-behavior: contain; }
.log > ol { list-style: none; padding: 0; }
.log > ol > li + li { margin-block-start: 1.75rem; }
.log > ol > li:last-child { min-block-size: 100cqb; }
.log > ol > li:not(:last-child) .suggestions { display: none; }
.question { inline-size: fit-content; max-inline-size: 88%; margin-block-end: 1rem; margin-inline-start: auto; padding: .5rem .9rem; background: var(--question); border: 1px solid var(--line); border-radius: 1rem; border-end-end-radius: .25rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.answer { max-inline-size: 40rem; }
.answer ul { list-style: disc; }
.answer li::marker { color: var(--accent); font-weight: 650; }
.cite { scroll-margin: .5rem; min-block-size: 1.5rem; min-inline-size: 1.5rem; margin-inline-start: .3rem; padding: 0 .3rem; line-height: 1; font-weight: 650; text-align: center; border-radius: .45rem; }
.keep, .bar button { white-space: nowrap; }
.send, .cite[aria-expanded=true] { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
.caution { padding: .85rem 1rem; background: var(--caution); border: 1px solid light-dark(#d9a441, #8a6a1f); border-inline-start-width: .4rem; border-radius: .6rem; }
.label, .pinned h3 { margin-block-end: .4rem; }
.label { color: light-dark(#7a4a00, #f0c869); }
.pinned { flex: none; max-block-size: 60%; font-size: max(1em, 16px); }
.pinned div { color: light-dark(#4a0808, #ffe9e6); }
.pinned > div { padding: 1rem 1.25rem; background: light-dark(#fdecea, #43110e); border: solid var(--alarm); border-width: 0 0 1px; border-inline-start-width: .5rem; }
:is(.caution, .pinned) .answer .frame { color: inherit; }
.after > * { margin-block-start: .75rem; }
.tools, .rating { display: flex; flex-wrap: wrap; align-items: center; gap: .15rem .5rem; font-size: .875rem; }
.quiet { border-color: transparent; padding-inline: .4rem; color: var(--soft); }
.quiet[aria-pressed=true] { color: var(--accent); font-weight: 650; text-decoration: underline; }
.tools .quiet:first-child { margin-inline-start: -.46rem; }
.sheet { display: none; }
mark, .resting { color: inherit; background: var(--mark); border-radius: .15em; box-shadow: 0 0 0 .12em var(--mark); }
.backs { list-style: none; padding: 0; }
.back { font-size: .9375rem; line-height: 1.4; padding: .35rem .7rem; margin-block-start: .3rem; inline-size: 100%; background: var(--paper); }
.suggestions { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; margin-block-start: 1rem; }
.suggestions li { margin: 0; }
.suggestion { border-radius: 1rem; }

.source { max-block-size: 64%; min-block-size: 40%; display: flex; flex-direction: column; background: var(--tint); border-block-start: 1px solid var(--line); }
.top { padding-block: .6rem .3rem; padding-inline: 1.25rem .6rem; }
h3 small, .composer small { display: block; }
.close { color: inherit; border-color: transparent; font-size: 1.375rem; line-height: 1; }
.passage { padding: .3rem 1.25rem 1.25rem; }
.links { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
blockquote { padding-inline-start: 1rem; border-inline-start: .2rem solid var(--line); white-space: pre-line; }

.composer { padding: .8rem 1rem max(.7rem, env(safe-area-inset-bottom)); border-block-start: 1px solid var(--line); }
.row { align-items: end; margin-block: .25rem .4rem; }
textarea { flex: 1; min-inline-size: 0; font: inherit; font-size: max(1rem, 16px); color: inherit; background: none; border: 1px solid light-dark(#85897f, #7d837c); border-radius: .75rem; padding: .55rem .8rem; resize: none; field-sizing: content; min-block-size: 2.75rem; max-block-size: 9rem; }
textarea::placeholder { color: var(--soft); white-space: nowrap; }
.send { min-block-size: 2.75rem; padding-inline: 1.1rem; font-weight: 650; }

@container (min-inline-size: 46rem) {
  .body { flex-direction: row; }
  .source { flex: 0 0 42%; max-block-size: none; border-block-start: 0; border-inline-start: 1px solid var(--line); }
}
@media (prefers-reduced-motion: no-preference) {
  .waiting { animation: breathe 1.6s ease-in-out infinite alternate; }
  @keyframes breathe { to { opacity: .7; } }
}
@media (forced-colors: active) {
  mark { background: Mark; color: MarkText; forced-color-adjust: none; }
}
@media print {
  :host, .root { display: block; color-scheme: light; block-size: auto; max-block-size: none; overflow: visible; }
  .log, .passage, .pinned { overflow: visible; max-block-size: none; container-type: normal; }
  .log > ol > li:last-child { min-block-size: 0; }
  .composer, .tools, .waiting, button:not(.cite) { display: none; }
  .sheet { display: block; }
  .root, .cite { border: 0; }
  .resting { background: none; box-shadow: none; }
  .sheet li { break-inside: avoid; }
}
`);
