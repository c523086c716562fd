// The line to the server, in a thread of its own: what is typed is on its way while the page is still busy drawing it.

const RETRY = 1000; // milliseconds until a lost line is tried again
let socket = null;

function connect() {
  const line = new WebSocket(`ws://${location.host}/line`);
  line.onopen = () => {
    socket = line;
    postMessage({ open: true });
  };
  line.onmessage = ({ data }) => postMessage({ said: data });
  line.onclose = () => {
    socket = null;
    postMessage({ open: false });
    setTimeout(connect, RETRY);
  };
}

onmessage = ({ data }) => {
  if (socket) socket.send(data);
};
connect();
