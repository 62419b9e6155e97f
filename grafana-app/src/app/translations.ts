import { initPluginTranslations } from '@grafana/i18n';
import { PLUGIN_ID } from './settings';

/** To be awaited by each lazy root before it draws; texts read earlier would stay English for good. */
export const translationsReady = initPluginTranslations(PLUGIN_ID);
