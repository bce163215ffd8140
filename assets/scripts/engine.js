// Starts Flutter's engine from our own addresses alone. Used by boot.js and rehearsal.js.
/* exported startEngine */
"use strict";

const startEngine = (() => {
  // The client asks a public CDN for a script of an animation library that we do not use. The
  // content security policy would stop it too, but with an error in the console.
  function refuseForeignScripts() {
    const src = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src");
    Object.defineProperty(HTMLScriptElement.prototype, "src", {
      ...src,
      set(value) {
        if (new URL(value, document.baseURI).origin === location.origin) {
          src.set.call(this, value);
        } else {
          setTimeout(() => this.dispatchEvent(new Event("error")));
        }
      },
    });
    const setAttribute = HTMLScriptElement.prototype.setAttribute;
    HTMLScriptElement.prototype.setAttribute = function (name, value) {
      if (name.toLowerCase() === "src") {
        this.src = value;
      } else {
        setAttribute.call(this, name, value);
      }
    };
  }

  // Dart's texts are imports of a module without a name, and the text is the import's own name. An
  // engine that is told so makes all 39,000 itself; one that does not know it asks for each.
  function tellWhereTextsAre() {
    const { compileStreaming } = WebAssembly;
    WebAssembly.compileStreaming = (source, options) => compileStreaming.call(
      WebAssembly, source, { ...options, importedStringConstants: "" },
    );
  }

  return ({ base, build, canvasKit, fallbackFonts }, webSocketEndpoint) => {
    const config = {
      entrypointBaseUrl: base,
      assetBase: base,
      canvasKitBaseUrl: canvasKit,
      fontFallbackBaseUrl: fallbackFonts,
    };
    window.flet = {
      ...config,
      pyodide: false,
      multiView: false,
      noCdn: true,
      webSocketEndpoint,
      routeUrlStrategy: "path",
      webRenderer: "auto",
    };
    refuseForeignScripts();
    if (typeof WebAssembly === "object") {
      tellWhereTextsAre();
    }
    _flutter.buildConfig = build;
    _flutter.loader.load({
      config,
      onEntrypointLoaded: async (initializer) => {
        const engine = await initializer.initializeEngine(config);
        await engine.runApp();
      },
    });
  };
})();
