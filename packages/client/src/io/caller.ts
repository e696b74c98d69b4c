/** By this apps tell programs from people; what they do with it is theirs. */
export const caller: Readonly<Record<string, string>> = { "x-gradio-user": "api" };
