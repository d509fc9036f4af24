// The worklist: opens short forms where they stand, without loading the list anew, and offers quick keys.
// Without this file every link and form works by itself: the list comes back with the form open in its row.
import { initAll } from '../vendor/govuk-frontend/govuk-frontend.min.js'

const list = document.getElementById('worklist')
const OFF = 'rasso-quick-keys-off'

function openForm () {
  return list.querySelector('[data-short-form]')
}

function dirty (form) {
  return [...form.elements].some(field => {
    if (field.type === 'hidden' || field.tagName === 'BUTTON') return false
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
    if (field.tagName === 'SELECT') return [...field.options].some(option => option.selected !== option.defaultSelected) && field.selectedIndex > 0
    return field.value !== field.defaultValue
  })
}

function close (shown) {
  const row = shown.closest('.rasso-row')
  shown.remove()
  row.classList.remove('rasso-row--open')
  const acts = row.querySelector('.rasso-acts')
  if (acts) acts.hidden = false
  return row
}

// One form is open at a time: field names would clash, and a half-typed form is not thrown away unasked.
function makeRoom () {
  const shown = openForm()
  if (!shown) return true
  const form = shown.querySelector('form')
  const drawnByServer = !shown.closest('.rasso-row').querySelector('.rasso-acts')
  if ((form && dirty(form)) || drawnByServer) {
    let said = shown.querySelector('[role=status]')
    if (!said) {
      said = document.createElement('p')
      said.className = 'govuk-body'
      said.setAttribute('role', 'status')
      shown.append(said)
    }
    said.textContent = 'Save or cancel this form first.'
    const first = shown.querySelector('input:not([type=hidden]), textarea, select, a')
    if (first) first.focus()
    return false
  }
  close(shown)
  return true
}

async function fetchForm (href) {
  const address = new URL(href, window.location.href)
  address.hash = ''
  address.searchParams.set('part', 'form')
  const answer = await fetch(address, { credentials: 'same-origin', redirect: 'error' })
  if (answer.status !== 200 && answer.status !== 400) throw new Error(String(answer.status))
  const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-short-form]')
  if (!found) throw new Error('no form')
  const form = found.querySelector('form')
  if (form) {
    const action = new URL(form.getAttribute('action'), window.location.href)
    action.searchParams.delete('part')
    form.setAttribute('action', action.pathname + action.search)
  }
  return document.importNode(found, true)
}

async function openAct (link) {
  if (!makeRoom()) return
  const row = link.closest('.rasso-row')
  try {
    const form = await fetchForm(link.href)
    row.querySelector('.rasso-acts').hidden = true
    row.append(form)
    row.classList.add('rasso-row--open')
    initAll({ scope: form })
    const first = form.querySelector('input:not([type=hidden]), textarea, select, a')
    if (first) first.focus()
  } catch (error) {
    window.location.assign(link.href)
  }
}

list.addEventListener('click', event => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const act = event.target.closest('a[data-act]')
  if (act && act.dataset.act !== 'page') {
    event.preventDefault()
    openAct(act)
    return
  }
  const cancel = event.target.closest('a[data-cancel]')
  const shown = cancel && cancel.closest('[data-short-form]')
  if (shown && shown.closest('.rasso-row').querySelector('.rasso-acts')) {
    event.preventDefault()
    close(shown).querySelector('[data-row]').focus()
  }
})

// A place in the folded part of the list is opened when the address leads to it.
const place = window.location.hash.length > 1 ? document.getElementById(window.location.hash.slice(1)) : null
const folded = place ? place.closest('details') : null
if (folded && !folded.open) {
  folded.open = true
  place.scrollIntoView()
}

// Quick keys: single letters, so they can be turned off (WCAG 2.1.4), and they do nothing while somebody types.
const keys = document.getElementById('keys')
const toggle = keys.querySelector('[data-keys-switch]')

function stored () {
  try { return window.localStorage.getItem(OFF) === '1' } catch (error) { return false }
}

let off = stored()

function draw () {
  toggle.setAttribute('aria-pressed', String(!off))
  toggle.textContent = off ? 'Quick keys are off: turn them on' : 'Quick keys are on: turn them off'
}

function step (by) {
  const rows = [...list.querySelectorAll('[data-row]')].filter(link => link.offsetParent !== null)
  if (!rows.length) return
  const row = document.activeElement.closest('.rasso-row')
  const now = row ? rows.indexOf(row.querySelector('[data-row]')) : -1
  const next = now === -1 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1)
  rows[next].focus()
}

function inRow (selector) {
  const row = document.activeElement.closest('.rasso-row')
  const found = row && row.querySelector(selector)
  if (found) found.click()
}

const DOES = {
  j: () => step(1),
  k: () => step(-1),
  o: () => inRow('[data-row]'),
  a: () => inRow('a[data-act]'),
  '?': () => { keys.open = true; keys.querySelector('summary').focus() }
}

document.addEventListener('keydown', event => {
  if (off || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest('input, textarea, select, dialog, [contenteditable]')) return
  const does = DOES[event.key]
  if (does) {
    event.preventDefault()
    does()
  }
})

toggle.addEventListener('click', () => {
  off = !off
  try { window.localStorage.setItem(OFF, off ? '1' : '0') } catch (error) { /* kept for this page only */ }
  draw()
})

keys.hidden = false
draw()
