/** Calls the action now and again after each interval, but not while the page is hidden. Returns what ends it. */
export function every(ms: number, action: () => void): () => void {
  action();
  const timer = setInterval(() => {
    if (!document.hidden) action();
  }, ms);
  return () => clearInterval(timer);
}
