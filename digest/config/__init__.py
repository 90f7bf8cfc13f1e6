"""config.toml and the environment -> one frozen Config, with errors that name the key and the remedy.

Every key of a plain table can be overridden by DIGEST_<TABLE>_<KEY>. Secrets are never in the file: it names the
environment variables that hold them. A publication whose slug the packaged configuration knows takes from there the
keys that it leaves out.
"""

from digest.config.load import KINDS, PLUGINS, keys, load
from digest.config.tables import ArxivTable, Config, DigestTable, EngineChoice, MailTable

__all__ = ["KINDS", "PLUGINS", "ArxivTable", "Config", "DigestTable", "EngineChoice", "MailTable", "keys", "load"]
