// After an act the page opens at the place that it changed: what was said is put there, where it is read, and gets the focus.
const said = document.querySelector('.rasso-said')
const place = window.location.hash.length > 1 ? document.getElementById(window.location.hash.slice(1)) : null
if (said && said.firstElementChild && place && !said.contains(place)) {
  const before = place.matches('h2, h3') ? place : place.closest('[data-place]') || place
  before.before(said)
  const banner = said.firstElementChild
  banner.setAttribute('tabindex', '-1')
  window.requestAnimationFrame(() => banner.focus())
}
