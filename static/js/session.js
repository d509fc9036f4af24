/*
 * Warns two minutes before the session ends for want of activity, and covers the page when it has ended.
 *
 * <body data-idle-seconds="900" data-keepalive-url="/…"> switches it on. The address answers:
 *   POST  2xx: the session's clock starts again;  anything else: there is no session any more.
 * The CSRF token is the one in the sign-out form. Typing and clicking count as activity: while someone works, the server
 * is told at most once in a quarter of the idle time, so that a long text is never lost to the clock.
 * Nothing is written to the browser's storage. What was typed is sent to the service when the warning appears (drafts.js).
 */

import { forget, hasTyped, isKept, keep } from './drafts.js'

const WARNING_SECONDS = 120
const TICK_MILLISECONDS = 1000
const ANNOUNCE_EVERY_SECONDS = 30

const idleSeconds = Number(document.body.dataset.idleSeconds)
const keepaliveUrl = document.body.dataset.keepaliveUrl
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('rasso-session') : null

let aliveAt = Date.now()
let activeAt = 0
let asking = false
let ended = false
let returnFocusTo = null

const { dialog, remaining, stay } = buildDialog()

function element (tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

function buildDialog () {
  const dialog = element('dialog', 'rasso-session')
  dialog.setAttribute('aria-labelledby', 'session-title')
  dialog.setAttribute('aria-describedby', 'session-remaining')
  const title = element('h2', 'govuk-heading-m', 'You are about to be signed out')
  title.id = 'session-title'
  const remaining = element('p', 'govuk-body')
  remaining.id = 'session-remaining'
  remaining.setAttribute('role', 'status')
  const stay = element('button', 'govuk-button', 'Stay signed in')
  stay.type = 'button'
  stay.addEventListener('click', keepAlive)
  dialog.append(title, remaining, stay)
  dialog.addEventListener('cancel', event => {
    event.preventDefault()
    keepAlive()
  })
  document.body.append(dialog)
  return { dialog, remaining, stay }
}

function csrfToken () {
  const input = document.querySelector('#sign-out input[name="csrfmiddlewaretoken"]')
  return input ? input.value : ''
}

async function keepAlive () {
  if (asking || ended) return
  asking = true
  try {
    const answer = await fetch(keepaliveUrl, {
      method: 'POST',
      headers: { 'X-CSRFToken': csrfToken() },
      credentials: 'same-origin',
      redirect: 'manual'
    })
    if (answer.ok) {
      alive()
      if (channel) channel.postMessage('alive')
    } else if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
      end()
    } else {
      say('We could not reach the service. Try again.')
    }
  } catch {
    say('We could not reach the service. Check your connection and try again.')
  } finally {
    asking = false
  }
}

function alive () {
  aliveAt = Date.now()
  forget()
  if (dialog.open && !ended) {
    dialog.close()
    if (returnFocusTo) returnFocusTo.focus()
  }
}

function say (text) {
  if (dialog.open && remaining.textContent !== text) remaining.textContent = text
}

function warn (seconds) {
  if (!dialog.open) {
    returnFocusTo = document.activeElement
    dialog.showModal()
    stay.focus()
    keep()
  }
  const shown = Math.ceil(seconds / ANNOUNCE_EVERY_SECONDS) * ANNOUNCE_EVERY_SECONDS
  const words = shown === 120 ? '2 minutes' : shown === 90 ? '1 minute 30 seconds' : shown === 60 ? '1 minute' : '30 seconds'
  say(`For security you will be signed out in less than ${words}.${ofWhatWasTyped()}`)
}

function ofWhatWasTyped () {
  if (!hasTyped()) return ''
  return isKept()
    ? ' What you have typed on this page is kept for 24 hours, for you alone.'
    : ' What you have typed on this page has not been saved.'
}

function end () {
  ended = true
  document.body.classList.add('rasso-session-ended')
  dialog.querySelector('h2').textContent = 'You have been signed out'
  if (!dialog.open) dialog.showModal()
  remaining.textContent = 'You were signed out for security because nothing was done for a while. This page is covered.' +
    (isKept() ? ' What you typed is kept for 24 hours: sign in again and open this page.' : '')
  const link = element('a', 'govuk-button', 'Sign in again')
  link.href = window.location.pathname + window.location.search
  stay.replaceWith(link)
  link.focus()
}

function tick () {
  if (ended) return
  const quietFor = (Date.now() - aliveAt) / 1000
  const left = idleSeconds - quietFor
  if (left <= 0) {
    end()
  } else if (left <= WARNING_SECONDS) {
    warn(left)
  } else if (activeAt > aliveAt && quietFor > idleSeconds / 4) {
    keepAlive()
  }
}

if (idleSeconds > WARNING_SECONDS && keepaliveUrl) {
  for (const kind of ['keydown', 'pointerdown', 'input']) {
    document.addEventListener(kind, () => { activeAt = Date.now() }, { passive: true, capture: true })
  }
  if (channel) channel.addEventListener('message', event => { if (event.data === 'alive') alive() })
  document.addEventListener('visibilitychange', tick)
  window.setInterval(tick, TICK_MILLISECONDS)
}
