import { NotProvidedError } from '../services';

/**
 * Renders the body template of a gateway response. There, API Gateway knows variables and nothing else of its template
 * language (developer guide, "Gateway responses"); a directive or an unknown variable is an error here.
 */
export function renderTemplate(template: string, values: Readonly<Record<string, string>>): string {
  if (/#(set|if|else|elseif|end|foreach|macro|define)\b/.test(template)) {
    throw new NotProvidedError(`directives in gateway response templates: ${template}`);
  }
  return template.replace(
    /\$(?:\{([^}]+)\}|([a-zA-Z][\w-]*(?:\.[a-zA-Z][\w-]*)*))/g,
    (text, braced, plain) => {
      const name: string = braced ?? plain;
      if (!(name in values)) throw new NotProvidedError(`the variable ${text} of gateway response templates`);
      return values[name]!;
    },
  );
}
