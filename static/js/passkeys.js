// Ties the buttons for passkeys and keys to allauth's functions, and says on the page what went wrong.
(() => {
  const forms = window.allauth.webauthn.forms;
  const wire = (button, tie, ids) => {
    if (document.getElementById(button)) tie({ ids });
  };
  const asked = { credential: "id_credential", data: "js_data" };
  wire("passkey_login", forms.loginForm, { login: "passkey_login", credential: "mfa_credential" });
  wire("mfa_webauthn_add", forms.addForm, { ...asked, add: "mfa_webauthn_add", passwordless: "id_passwordless" });
  for (const button of ["mfa_webauthn_authenticate", "mfa_webauthn_reauthenticate"]) {
    wire(button, forms.authenticateForm, { ...asked, authenticate: button });
  }

  document.addEventListener("allauth.error", (event) => {
    const place = document.getElementById("key-trouble");
    if (!place) return;
    event.preventDefault();
    place.textContent =
      "The key was not used: it was cancelled, took too long, or is not one for this site. Try again, or take another way.";
  });
})();
