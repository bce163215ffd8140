// Presses "Log ud" for a person who pressed it in the app already.
"use strict";

document.getElementById("logout").requestSubmit();
