"""One settings file for the demo, the tests and the office's own machines; everything that differs is read here, on top."""

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# --- what the operator decides ---
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
TESTING = "pytest" in sys.modules
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
BROKER_URL = env.str("BROKER_URL", "")
MEDIA_ROOT = env.str("MEDIA_ROOT", str(VAR_DIR / "media"))
DOC_FONT_DIR = env.str("DOC_FONT_DIR", str(VAR_DIR / "fonts"))
HTTPS = env.bool("HTTPS", False)
OFFICE_NAME = env.str("OFFICE_NAME", "示范县纪委监委")
EMAIL_URL = env.str("EMAIL_URL", "")

if not SECRET_KEY:
    if not (TESTING or DEMO or DEBUG):
        raise ImproperlyConfigured("SECRET_KEY 未设置：正式运行前请在环境变量中给出一个随机密钥。")
    SECRET_KEY = "only-for-tests-and-the-demo-" + "x" * 40

# --- applications ---
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "guardian",
    "simple_history",
    "axes",
    "csp",
    "django_htmx",
    "django_filters",
    "accounts",
    "checklists",
    "supervision",
    "ledgers",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.DraftMiddleware",
    "accounts.middleware.PolicyMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "supervision.config.urls"
WSGI_APPLICATION = "supervision.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.shell",
            ],
        },
    }
]

# --- data ---
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a read-then-write in one transaction takes the write lock at once, so two clerks never meet "locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if TESTING else 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # jit: many counts in one question look dear to the planner, and compiling them takes ten times what counting takes.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, "options": "-c statement_timeout=60000 -c jit=off"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",
    "security.W019",  # a page that lost its session shows the login in a frame of its own origin
]
MEDIA_URL = "/never-served/"  # files leave only through a checked view
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- who ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian keeps no anonymous account: nothing is open to strangers
GUARDIAN_RAISE_403 = False
PASSWORD_HASHERS = ["accounts.hashers.OfficeArgon2Hasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "accounts:desk"
LOGOUT_REDIRECT_URL = "accounts:login"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger cannot lock a leader out from another address
AXES_LOCKOUT_CALLABLE = "accounts.views.entrance.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
PROXY_COUNT = env.int("PROXY_COUNT", 0)  # proxies in front that set X-Forwarded-For
AXES_CLIENT_IP_CALLABLE = "accounts.http.client_address"

# --- language and time ---
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = None

# --- static files ---
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(VAR_DIR / "static"))
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", *([BASE_DIR / "build"] if (BASE_DIR / "build").exists() else [])]
_MANIFEST = env.bool("STATIC_MANIFEST", False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _MANIFEST
WHITENOISE_AUTOREFRESH = False

# --- web ---
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.entrance.stale_form"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- jobs ---
CELERY_BROKER_URL = BROKER_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not BROKER_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_TIME_LIMIT = 120  # below the broker's visibility timeout, or a long task would start twice
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(_queue / "queue"),
        "data_folder_out": str(_queue / "queue"),
        "control_folder": str(_queue / "control"),
    }
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 180,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
    }
# Progress of long work, seen by web server and worker alike; nothing that may not be lost.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": BROKER_URL,
        # A page that shows progress must not wait for a Redis that never answers.
        "OPTIONS": {"socket_connect_timeout": 0.05, "socket_timeout": 0.05},
    }
    if BROKER_URL.startswith("redis")
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(VAR_DIR / "cache")}
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
# Names and seconds only; `manage.py tick` runs the same entries where no broker exists.
CELERY_BEAT_SCHEDULE = {
    "deliver-notices": {"task": "accounts.tasks.deliver_notices", "schedule": 60.0},
    "open-duties": {"task": "accounts.tasks.open_duties", "schedule": 900.0},
    "remind-duties": {"task": "accounts.tasks.remind_duties", "schedule": 900.0},
    "draft-quarterly": {"task": "reports.tasks.draft_quarterly", "schedule": 3600.0},
    "remind-ten-days": {"task": "supervision.tasks.remind_ten_days", "schedule": 900.0},
    # A request that nobody took within its interval is dropped: the next one asks the same.
    "run-jobs": {"task": "accounts.tasks.run_jobs", "schedule": 3.0, "options": {"expires": 3}},
    "sweep-jobs": {"task": "accounts.tasks.sweep_jobs", "schedule": 86400.0},
    "sweep-uploads": {"task": "ledgers.tasks.sweep_uploads", "schedule": 86400.0},
    "tell-checks": {"task": "reports.tasks.tell_checks", "schedule": 900.0},
    "sync-rights": {"task": "accounts.tasks.sync_rights", "schedule": 900.0},
}

# --- log ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}, "axes": {"level": "WARNING"}},
}
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "political-supervision@localhost"
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
    DEFAULT_FROM_EMAIL = vars().get("EMAIL_HOST_USER") or DEFAULT_FROM_EMAIL  # servers send for their own accounts only
