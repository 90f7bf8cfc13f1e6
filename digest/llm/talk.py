"""One question until its answer is usable: the request, and at most two repairs."""

from dataclasses import dataclass
from typing import Any

from digest.llm.answer import Answer, Trouble, Usage
from digest.llm.decode import Malformed, decode
from digest.llm.hostile import flattened
from digest.llm.line import Line
from digest.llm.prompts import Prompt
from digest.llm.settings import Price
from digest.llm.wire import Later, Never, Reply, Request

_REPAIRS = 2
_ROOM, _ROOM_TO_THINK = 2, 8
_ECHO_CHARS = 2_000  # of a malformed answer that are shown to the model again
_REFUSAL_CHARS = 200

Messages = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A prompt filled for one model: the task (system) and the material (user)."""

    prompt: Prompt
    model: str
    input_hash: str
    task: str
    material: str
    price: Price


class Talk:
    """The conversation about one question. `usage` holds what it took so far, also when it ends in trouble."""

    def __init__(self, question: Question, line: Line) -> None:
        self.usage = Usage()
        self._question = question
        self._line = line

    async def run(self) -> Answer | Trouble:
        """Return the answer, or why there is none."""
        try:
            return await self._converse()
        except (Later, Never) as error:
            return error.trouble

    async def _converse(self) -> Answer | Trouble:
        question, limit = self._question, self._question.prompt.max_tokens
        opening: Messages = [("system", question.task), ("user", question.material)]
        messages, fault = opening, ""
        for _ in range(1 + _REPAIRS):
            reply = await self._exchange(messages, limit)
            if reply.refusal:
                return Trouble(kind="refused", message=reply.refusal[:_REFUSAL_CHARS])
            try:
                return self._answer(decode(reply.text, question.prompt.schema))
            except Malformed as error:
                fault = str(error)
            # An answer that ran into the limit gets room; its beginning would only cost. One that never began was all
            # thought: models that reason count their thoughts against the limit.
            limit *= (_ROOM if reply.text.strip() else _ROOM_TO_THINK) if reply.cut else 1
            messages = opening + _reproach("" if reply.cut else reply.text, fault)
        return Trouble(kind="malformed", message=f"no usable answer after {_REPAIRS} repairs: {fault}")

    async def _exchange(self, messages: Messages, limit: int) -> Reply:
        prompt = self._question.prompt
        request = Request(
            model=self._question.model,
            name=prompt.name,
            messages=messages,
            schema=prompt.schema,
            temperature=prompt.temperature,
            max_tokens=limit,
        )
        reply, usage = await self._line.exchange(request, self._question.price)
        self.usage = self.usage + usage
        return reply

    def _answer(self, data: Any) -> Answer:  # noqa: ANN401  any JSON value
        return Answer(
            data=flattened(data),
            model=self._question.model,
            prompt_hash=self._question.prompt.hash,
            input_hash=self._question.input_hash,
            usage=self.usage,
        )


def _reproach(text: str, fault: str) -> Messages:
    again = f"That answer can't be used: {fault}. Answer again, with the JSON object alone."
    echo: Messages = [("assistant", text[:_ECHO_CHARS])] if text.strip() else []
    return [*echo, ("user", again)]
