# docker build --build-arg TORCH_INDEX=<index with the CPU build of torch> -t duizhao .
# docker run --rm -v "$PWD/pages:/pages" -v "$PWD/out:/out" duizhao demo /pages/page.txt --out /out
# compose.yaml runs the service and its worker from this image
FROM python:3.11-slim

ARG TORCH_INDEX=""
ARG TORCH_VERSION=2.13.0
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 HF_HUB_OFFLINE=1 DUIZHAO_DATA_DIR=/data

# A PDF that does not embed its Chinese fonts is read and drawn with one of the system.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 duizhao && mkdir /data && chown duizhao /data
WORKDIR /app
RUN pip install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} "torch==${TORCH_VERSION}"
COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY models models
COPY prompts prompts
RUN pip install ".[postgres]"

USER duizhao
VOLUME /data
WORKDIR /home/duizhao
ENTRYPOINT ["duizhao"]
CMD ["demo", "--out", "out"]
