# Herdbook in a container: built from the lock, run by nobody in particular, on a root file system
# that may be read-only. What it keeps is in /data.

FROM python:3.12.12-slim-bookworm AS base
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

FROM base AS tools
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./

# The pages' scripts; node comes from a Python package and stays behind here.
FROM tools AS pages
RUN uv sync --frozen --only-group assets
COPY api/dashboard/assets api/dashboard/assets
RUN PATH="/app/.venv/bin:$PATH" npm --prefix api/dashboard/assets ci --no-audit --no-fund \
 && PATH="/app/.venv/bin:$PATH" npm --prefix api/dashboard/assets run build

# The libraries first, for they change less often than the code.
FROM tools AS build
RUN uv sync --frozen --no-dev --no-group assets --no-install-project
COPY README.md LICENSE ./
COPY graph graph
COPY crawler crawler
COPY api api
COPY migrations migrations
COPY herdbook herdbook
COPY --from=pages /app/api/dashboard/static api/dashboard/static
RUN uv sync --frozen --no-dev --no-group assets --no-editable

FROM base
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin herdbook \
 && install --directory --owner=herdbook --group=herdbook /data
COPY --from=build /app/.venv /app/.venv
# HOME is where libraries would keep caches; /tmp is the only other place that is written to.
ENV PATH="/app/.venv/bin:$PATH" HERDBOOK_HOME=/data HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER herdbook
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["herdbook"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
