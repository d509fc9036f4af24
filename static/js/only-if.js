/*
 * Shows a question only while the answer is chosen that it belongs to.
 *
 * <form data-only-if='{"until": ["decision", ["charge"]]}'>: the field "until" is asked while "decision" is "charge". Radios,
 * ticks and lists answer. What holds something, or was sent back with an error, is never hidden: nothing typed goes unseen.
 * Without this file every question stands there, each saying when it is to be answered.
 */

function fieldsOf (form, name) {
  return [...form.elements].filter(field => field.name === name || /^_(day|month|year|time)$/.test(field.name.slice(name.length)) && field.name.startsWith(name))
}

/* The part of the form that asks one question: a child of the form. */
function partOf (form, name) {
  let part = fieldsOf(form, name)[0]
  while (part && part.parentElement !== form) part = part.parentElement
  return part
}

function chosen (form, name) {
  return fieldsOf(form, name).filter(field => field.tagName === 'SELECT' || field.checked).map(field => field.value)
}

function holdsSomething (form, name) {
  return fieldsOf(form, name).some(field => ['checkbox', 'radio'].includes(field.type) ? field.checked : field.value.trim() !== '')
}

export function ask (form) {
  for (const [name, [of, answers]] of Object.entries(JSON.parse(form.dataset.onlyIf))) {
    const part = partOf(form, name)
    if (!part) continue
    const wanted = chosen(form, of).some(answer => answers.includes(answer))
    part.hidden = !wanted && !holdsSomething(form, name) && !part.querySelector('.govuk-error-message')
  }
}

function askAll (within) {
  for (const form of within.querySelectorAll('form[data-only-if]')) ask(form)
}

askAll(document)
document.addEventListener('change', event => {
  const form = event.target.form
  if (form && form.dataset.onlyIf) ask(form)
})

/* The worklist puts forms into its rows after the page was drawn. */
new MutationObserver(changes => {
  for (const change of changes) {
    for (const node of change.addedNodes) if (node instanceof Element) askAll(node)
  }
}).observe(document.body, { childList: true, subtree: true })
