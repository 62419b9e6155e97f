// Chunks of a nested panel land in the app's folder, while the panel would ask for them in its own.
declare let __webpack_public_path__: string;
__webpack_public_path__ += '../sentinel-observability-app/';

export {};
