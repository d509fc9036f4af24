/*
 * Keeps what was typed when the session is about to end, and offers it when the same person opens the same page again.
 *
 * <body data-drafts-url="/…/"> names the address:
 *   POST place, forms (JSON)    keeps; 2xx: it is kept for 24 hours
 *   GET  ?place=/…              200: what is kept, as JSON; 204: nothing
 *   POST discard/  place        deletes
 * A place is the path of the page. Of each form that was typed into, only fields a person fills in are sent: no password,
 * no hidden field, no file. Nothing is written to the browser's storage.
 */

const url = document.body.dataset.draftsUrl
const LONGEST = 100000
const BACKGROUND = { 'X-Rasso-Background': '1' }
const touched = new Set()
let kept = false

function csrfToken () {
  const input = document.querySelector('#sign-out input[name="csrfmiddlewaretoken"]')
  return input ? input.value : ''
}

function send (address, values, more = {}) {
  return fetch(address, {
    method: 'POST',
    headers: { 'X-CSRFToken': csrfToken(), ...more },
    body: new URLSearchParams(values),
    credentials: 'same-origin',
    redirect: 'manual'
  })
}

function written (form) {
  return form.method === 'post' && form.id !== 'sign-out' && !form.querySelector('input[type="password"]')
}

function forms () {
  return [...document.forms].filter(written)
}

/* The same form on the same page another time: where it leads, and the how manyth that leads there. */
function keyOf (form) {
  const action = form.getAttribute('action') || ''
  const same = forms().filter(one => (one.getAttribute('action') || '') === action)
  return `${action}#${same.indexOf(form)}`
}

function fieldsOf (form) {
  return [...form.elements].filter(field =>
    field.name && !field.disabled && ['INPUT', 'SELECT', 'TEXTAREA'].includes(field.tagName) &&
    !['hidden', 'password', 'file', 'submit', 'button', 'image', 'reset'].includes(field.type))
}

function valuesOf (form) {
  const values = []
  for (const field of fieldsOf(form)) {
    if (field.type === 'checkbox' || field.type === 'radio') {
      if (field.checked) values.push([field.name, field.value])
    } else if (field.type === 'select-multiple') {
      for (const option of field.selectedOptions) values.push([field.name, option.value])
    } else {
      values.push([field.name, field.value])
    }
  }
  return values
}

export function hasTyped () {
  return [...touched].some(form => form.isConnected)
}

export function isKept () {
  return kept
}

/* Sends what was typed, once. Says whether it is kept. */
export async function keep () {
  if (kept || !url || !hasTyped()) return kept
  const typed = [...touched].filter(form => form.isConnected).map(form => ({ key: keyOf(form), fields: valuesOf(form) }))
  const text = JSON.stringify(typed)
  if (text.length > LONGEST) return false
  try {
    const answer = await send(url, { place: window.location.pathname, forms: text }, BACKGROUND)
    kept = answer.ok
  } catch {
    kept = false
  }
  return kept
}

/* The person goes on working: what was kept would soon be old. */
export function forget () {
  if (!kept) return
  kept = false
  send(`${url}discard/`, { place: window.location.pathname }).catch(() => {})
}

function fill (form, values) {
  const left = new Map()
  for (const [name, value] of values) left.set(name, [...(left.get(name) || []), value])
  for (const field of fieldsOf(form)) {
    const wanted = left.get(field.name) || []
    if (field.type === 'checkbox' || field.type === 'radio') {
      field.checked = wanted.includes(field.value)
    } else if (field.type === 'select-multiple') {
      for (const option of field.options) option.selected = wanted.includes(option.value)
    } else if (wanted.length) {
      field.value = wanted.shift()
    }
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }
  for (let part = form.parentElement; part; part = part.parentElement) {
    if (part.tagName === 'DETAILS') part.open = true
  }
}

function element (tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

function offer (draft) {
  const found = draft.forms.map(one => ({ form: forms().find(form => keyOf(form) === one.key), fields: one.fields })).filter(one => one.form)
  if (!found.length) return
  const banner = element('section', 'govuk-notification-banner rasso-draft')
  banner.setAttribute('aria-labelledby', 'draft-title')
  const header = element('div', 'govuk-notification-banner__header')
  const title = element('h2', 'govuk-notification-banner__title', 'We kept what you typed')
  title.id = 'draft-title'
  header.append(title)
  const content = element('div', 'govuk-notification-banner__content')
  const words = element('p', 'govuk-body', `You were signed out before you had saved this page. What you had typed by ${draft.saved} is kept for 24 hours. ` +
    'The case may have changed since: check before you save.')
  const buttons = element('div', 'govuk-button-group')
  const restore = element('button', 'govuk-button', 'Restore what I typed')
  const discard = element('button', 'govuk-button govuk-button--secondary', 'Discard it')
  restore.type = discard.type = 'button'
  buttons.append(restore, discard)
  content.append(words, buttons)
  banner.append(header, content)
  const gone = text => {
    const said = element('p', 'govuk-body', text)
    said.setAttribute('role', 'status')
    said.tabIndex = -1
    banner.replaceChildren(header, element('div', 'govuk-notification-banner__content'))
    banner.lastElementChild.append(said)
    said.focus()
    send(`${url}discard/`, { place: window.location.pathname }).catch(() => {})
  }
  restore.addEventListener('click', () => {
    for (const one of found) fill(one.form, one.fields)
    gone('What you typed is back on the page. It is not saved until you save it.')
  })
  discard.addEventListener('click', () => gone('What you typed has been discarded.'))
  document.getElementById('main-content').prepend(banner)
}

async function ask () {
  try {
    const answer = await fetch(`${url}?${new URLSearchParams({ place: window.location.pathname })}`, {
      headers: BACKGROUND, credentials: 'same-origin', redirect: 'manual'
    })
    if (answer.status === 200) offer(await answer.json())
  } catch { /* without an answer the page is as it would be without this */ }
}

if (url) {
  document.addEventListener('input', event => {
    const form = event.target.form
    if (form && event.isTrusted && written(form) && fieldsOf(form).includes(event.target)) touched.add(form)
  }, { passive: true, capture: true })
  if (document.body.dataset.mayHaveDraft && forms().length) ask()
}
