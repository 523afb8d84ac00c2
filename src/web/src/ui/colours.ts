/** Calls the action when the theme changes, for what is drawn on a canvas. */
export function onColours(action: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const watcher = new MutationObserver(action);
  watcher.observe(document.documentElement, {attributes: true, attributeFilter: ['data-theme']});
  dark.addEventListener('change', action);
  return () => {
    watcher.disconnect();
    dark.removeEventListener('change', action);
  };
}
