// Inside the login frame of a page whose session ran out: hands the new token to that page.

const { user, token } = document.body.dataset;
if (window.parent !== window) window.parent.postMessage({ reconnected: true, user, token }, location.origin);
