/** The stream of events for one person, which comes back by itself after a break. */

const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 5_000;

/**
 * Events of `user` reach `onEvent` until the returned function is called.
 * `onState(connected, again)` hears each change; `again` is true when messages may have been missed before it.
 */
export function listen(user, onEvent, onState) {
  let socket = null;
  let retry = FIRST_RETRY_MS;
  let opened = false;
  let closed = false;
  let timer = 0;

  function open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/phone/events?user=${encodeURIComponent(user)}`);
    socket.onopen = () => {
      retry = FIRST_RETRY_MS;
      onState(true, opened);
      opened = true;
    };
    socket.onmessage = (event) => onEvent(JSON.parse(event.data));
    socket.onclose = () => {
      if (closed) return;
      onState(false, false);
      timer = setTimeout(open, retry);
      retry = Math.min(retry * 2, LAST_RETRY_MS);
    };
  }

  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    socket.close();
  };
}
