/*
 * A button that copies the text of a field: <button hidden data-copies="id of the field" data-copied="words when done">.
 * Without this script, or without the right to write to the clipboard, the text stands there to be marked and copied by hand.
 */

for (const button of document.querySelectorAll('button[data-copies]')) {
  const field = document.getElementById(button.dataset.copies)
  if (!field || !navigator.clipboard) continue
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      button.textContent = button.dataset.copied
    } catch {
      field.focus()
      field.select()
    }
  })
}
