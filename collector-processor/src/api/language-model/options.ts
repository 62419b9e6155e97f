/** The part `api.language_model` of the settings, resolved: times in milliseconds. */
export interface LanguageModelOptions {
  /** Root of an OpenAI-compatible API, such as http://host:11434/v1; '' asks none. */
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
  readonly timeout: number;
  readonly maxPerHour: number;
}
